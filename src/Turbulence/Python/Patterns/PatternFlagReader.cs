using System.Text;

namespace Turbulence.Python.Patterns;

/// <summary>Reads inline flags: <c>(?im)</c> for the whole pattern, <c>(?i-s:</c> for a group.</summary>
internal static class PatternFlagReader
{
    private const PatternFlags Alphabets = PatternFlags.Ascii | PatternFlags.Unicode;

    /// <summary>Whether inline flags can begin with the token.</summary>
    public static bool Starts(PatternToken token) => token is { Escaped: false, Value: '-' or 'L' } || FlagOf(token) != PatternFlags.None;

    /// <summary>Reads flags up to and with the closing parenthesis or the colon.</summary>
    /// <param name="first">The first token after the question mark, already taken.</param>
    /// <param name="source">Where the rest stands.</param>
    /// <returns>The flags turned on, those turned off, and whether they are for the whole pattern.</returns>
    /// <exception cref="FormatException">They are no flags of Python's.</exception>
    public static (PatternFlags Added, PatternFlags Removed, bool IsGlobal) Read(PatternToken first, PatternSource source)
    {
        var added = PatternFlags.None;
        var token = first;
        for (; token is not { Escaped: false, Value: '-' or ':' or ')' }; token = source.Take())
        {
            added |= Added(token, added);
        }

        if (token.Value != '-')
        {
            return (added, PatternFlags.None, token.Value == ')');
        }

        var removed = PatternFlags.None;
        for (token = source.Take(); removed == PatternFlags.None || token != new PatternToken(':', false); token = source.Take())
        {
            removed |= Removed(token, removed == PatternFlags.None ? "missing flag" : "missing :");
        }

        return (added & removed) == 0 ? (added, removed, false) : throw new FormatException("bad inline flags: flag turned on and off");
    }

    private static PatternFlags Added(PatternToken token, PatternFlags before)
    {
        if (token is { Escaped: false, Value: 'L' })
        {
            throw new FormatException("bad inline flags: cannot use 'L' flag with a str pattern");
        }

        var flag = Known(token, "missing -, : or )");
        return ((before | flag) & Alphabets) != Alphabets
            ? flag
            : throw new FormatException("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }

    private static PatternFlags Removed(PatternToken token, string missing)
    {
        var isAlphabet = token is { Escaped: false, Value: 'L' } || (FlagOf(token) & Alphabets) != 0;
        return isAlphabet
            ? throw new FormatException("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
            : Known(token, missing);
    }

    private static PatternFlags Known(PatternToken token, string missing)
    {
        var flag = FlagOf(token);
        if (flag != PatternFlags.None)
        {
            return flag;
        }

        var isLetter = !token.Escaped && Rune.TryCreate(token.Value, out var rune) && Rune.IsLetter(rune);
        throw new FormatException(isLetter ? "unknown flag" : missing);
    }

    private static PatternFlags FlagOf(PatternToken token) => token switch
    {
        { Escaped: true } => PatternFlags.None,
        { Value: 'i' } => PatternFlags.IgnoreCase,
        { Value: 'm' } => PatternFlags.Multiline,
        { Value: 's' } => PatternFlags.DotAll,
        { Value: 'x' } => PatternFlags.Verbose,
        { Value: 'a' } => PatternFlags.Ascii,
        { Value: 'u' } => PatternFlags.Unicode,
        _ => PatternFlags.None,
    };
}
