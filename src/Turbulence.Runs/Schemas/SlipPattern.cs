using System.Text.RegularExpressions;

namespace Turbulence.Runs.Schemas;

/// <summary>
/// The misspellings of a key that differ from it in one letter: one put in, taken out, exchanged, or swapped with its neighbour. Validation
/// finds more of them; each of these it finds.
/// </summary>
internal static partial class SlipPattern
{
    /// <summary>Whether a key is long enough that another word is taken for a slip.</summary>
    public static bool HasOne(string key) => key.Count(char.IsAsciiLetterOrDigit) > 2;

    /// <summary>The regular expression (ECMA-262) of misspellings; the key itself matches, too.</summary>
    public static string Of(string key) => $"^{Body(key)}$";

    /// <summary>That of all that is none, and not the key either.</summary>
    public static string NoneOf(string key) => $"^(?!{Body(key)}$)";

    /// <summary>A text as a regular expression that is found in it.</summary>
    public static string Escaped(string text) => Special().Replace(text, @"\$0");

    private static string Body(string key)
    {
        var rest = ".?";
        for (var i = key.Length - 1; i >= 0; i--)
        {
            var (letter, behind) = (Escaped(key[i..(i + 1)]), Escaped(key[(i + 1)..]));
            var swapped = i + 1 < key.Length ? $"|{Escaped(key[(i + 1)..(i + 2)])}{letter}{Escaped(key[(i + 2)..])}" : "";
            rest = $"(?:{letter}{rest}|.{letter}{behind}|.?{behind}{swapped})";
        }

        // What begins with no letter was taken out of use on purpose.
        return $"(?=[A-Za-z].){rest}";
    }

    [GeneratedRegex(@"[$.\\]")]
    private static partial Regex Special();
}
