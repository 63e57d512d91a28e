namespace Turbulence.Python.Patterns;

/// <summary>
/// The character classes of Python's <c>re</c> in terms of .NET's, which differ: Python's <c>\w</c> has every number and no
/// combining mark, its <c>\s</c> has the four information separators. Characters outside the basic plane are taken as
/// neither letters nor digits nor space, since a .NET class sees half a character at a time.
/// </summary>
internal static class PatternClasses
{
    /// <summary>Any character outside the basic plane.</summary>
    public const string Astral = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private const string Surrogates = @"\uD800-\uDFFF";

    /// <summary>The inside of the .NET class for <c>\d</c>, <c>\s</c> or <c>\w</c>.</summary>
    /// <param name="letter">d, s or w.</param>
    /// <param name="ascii">Whether only ASCII counts.</param>
    public static string Members(char letter, bool ascii) => (letter, ascii) switch
    {
        ('d', false) => @"\d",
        ('d', true) => "0-9",
        ('s', false) => @"\s\x1c-\x1f",
        ('s', true) => @" \t\n\r\f\v",
        (_, false) => @"\p{L}\p{N}_",
        (_, true) => "a-zA-Z0-9_",
    };

    /// <summary>Everything but the members of a class.</summary>
    /// <param name="members">The inside of a .NET class; empty for any character.</param>
    /// <param name="wholeCharacters">Whether a pair of surrogates counts as one character.</param>
    public static string Except(string members, bool wholeCharacters) => wholeCharacters
        ? $"(?:{Astral}|[^{members}{Surrogates}])"
        : members.Length == 0 ? @"[\s\S]" : $"[^{members}]";

    /// <summary><c>\b</c>, or <c>\B</c>, which Python does not find in an empty text.</summary>
    public static string Boundary(bool inside, bool ascii)
    {
        var word = $"[{Members('w', ascii)}]";
        return inside
            ? $@"(?:(?<={word})(?={word})|(?<!{word})(?!{word})(?!\A\z))"
            : $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))";
    }
}
