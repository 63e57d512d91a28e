using System.Text;

namespace Turbulence.Python.Patterns;

/// <summary>
/// What stands between <c>[</c> and <c>]</c>. A .NET class holds ranges of UTF-16 units; what does not fit into one (a
/// complement among other members, a character outside the basic plane) becomes a choice beside it.
/// </summary>
internal sealed class PatternSet(bool wholeCharacters)
{
    private readonly StringBuilder members = new();
    private readonly List<string> others = [];

    /// <summary>Adds the characters from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public void AddRange(int first, int last)
    {
        // Halves of a pair stay out, or a class could match half a character.
        AddUnits(first, Math.Min(last, 0xD7FF));
        AddUnits(Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
        if (last >= CodePoint.FirstAstral)
        {
            AddPairs(char.ConvertFromUtf32(Math.Max(first, CodePoint.FirstAstral)), char.ConvertFromUtf32(last));
        }
    }

    /// <summary>Adds the class <c>\d</c>, <c>\s</c>, <c>\w</c> or, in upper case, everything else.</summary>
    public void AddClass(char letter, bool ascii)
    {
        var inside = PatternClasses.Members(char.ToLowerInvariant(letter), ascii);
        if (char.IsAsciiLetterLower(letter))
        {
            members.Append(inside);
        }
        else
        {
            others.Add(PatternClasses.Except(inside, wholeCharacters));
        }
    }

    /// <summary>The .NET pattern that matches one character of the set, or one that is not in it.</summary>
    public string ToPattern(bool negated)
    {
        if (others.Count == 0 && members.Length > 0)
        {
            return negated ? PatternClasses.Except(members.ToString(), wholeCharacters) : $"[{members}]";
        }

        var choices = string.Join('|', members.Length == 0 ? others : [$"[{members}]", .. others]);
        if (choices.Length == 0)
        {
            // Only halves of characters were named: there is nothing to find.
            choices = "(?!)";
        }

        return negated ? $"(?:(?!{choices}){PatternClasses.Except("", wholeCharacters)})" : $"(?:{choices})";
    }

    private void AddUnits(int first, int last)
    {
        if (first <= last)
        {
            members.Append(CodePoint.Literal(first)).Append('-').Append(CodePoint.Literal(last));
        }
    }

    private void AddPairs(string first, string last)
    {
        if (first[0] == last[0])
        {
            others.Add(Pairs(first[0], first[0], first[1], last[1]));
            return;
        }

        others.Add(Pairs(first[0], first[0], first[1], '\uDFFF'));
        others.Add(Pairs(last[0], last[0], '\uDC00', last[1]));
        if (last[0] - first[0] > 1)
        {
            others.Add(Pairs((char)(first[0] + 1), (char)(last[0] - 1), '\uDC00', '\uDFFF'));
        }
    }

    private static string Pairs(char firstHigh, char lastHigh, char firstLow, char lastLow) =>
        $"[{CodePoint.Literal(firstHigh)}-{CodePoint.Literal(lastHigh)}][{CodePoint.Literal(firstLow)}-{CodePoint.Literal(lastLow)}]";
}
