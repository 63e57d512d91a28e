using System.Globalization;

namespace Turbulence.Python.Patterns;

/// <content>What begins with a parenthesis, and the flags that may stand in one.</content>
internal sealed partial class PatternTranslator
{
    private PatternPiece? Group(PatternFlags flags, bool mayHaveGlobalFlags)
    {
        if (!source.Take('?'))
        {
            return Capture(null, flags);
        }

        var kind = TakeRequired("unexpected end of pattern");
        switch (kind)
        {
            case { Escaped: false, Value: 'P' }:
                return Named(flags);
            case { Escaped: false, Value: ':' }:
                return Enclose("(?:", flags);
            case { Escaped: false, Value: '>' }:
                return Enclose("(?>", flags);
            case { Escaped: false, Value: '=' }:
                return LookAround("(?=", flags);
            case { Escaped: false, Value: '!' }:
                return LookAround("(?!", flags);
            case { Escaped: false, Value: '<' }:
                return LookBehind(flags);
            case { Escaped: false, Value: '(' }:
                return Condition(flags);
            case { Escaped: false, Value: '#' }:
                SkipComment();
                return null;
            default:
                return PatternFlagReader.Starts(kind)
                    ? Flagged(kind, flags, mayHaveGlobalFlags)
                    : throw new FormatException($"unknown extension ?{kind}");
        }
    }

    private PatternPiece Named(PatternFlags flags)
    {
        if (source.Take('<'))
        {
            var name = source.TakeName('>');
            PatternGroups.CheckName(name);
            return Capture(name, flags);
        }

        if (source.Take('='))
        {
            return groups.Refer(groups.Find(source.TakeName(')')));
        }

        throw new FormatException($"unknown extension ?P{TakeRequired("unexpected end of pattern")}");
    }

    private PatternPiece Capture(string? name, PatternFlags flags)
    {
        var number = groups.Open(name);
        var group = Enclose(string.Create(CultureInfo.InvariantCulture, $"(?<{number}>"), flags);
        groups.Close(number, group);
        return group;
    }

    private PatternPiece Enclose(string opening, PatternFlags flags)
    {
        var content = Choice(flags);
        Close();
        return content with { Text = $"{opening}{content.Text})", Kind = PieceKind.Plain };
    }

    // .NET takes no quantifier after a bare look-around.
    private PatternPiece LookAround(string opening, PatternFlags flags) => new($"(?:{Enclose(opening, flags).Text})", 0, 0);

    private PatternPiece LookBehind(PatternFlags flags)
    {
        var kind = TakeRequired("unexpected end of pattern");
        if (kind is not { Escaped: false, Value: '=' or '!' })
        {
            throw new FormatException($"unknown extension ?<{kind}");
        }

        var outer = groups.EnterLookBehind();
        var content = Enclose($"(?<{kind}", flags);
        groups.LeaveLookBehind(outer);
        return content.Shortest == content.Longest
            ? new($"(?:{content.Text})", 0, 0)
            : throw new FormatException("look-behind requires fixed-width pattern");
    }

    private PatternPiece Condition(PatternFlags flags)
    {
        var number = groups.FindCondition(source.TakeName(')'));
        var yes = Sequence(flags);
        var no = source.Take('|') ? Sequence(flags) : new PatternPiece("", 0, 0);
        if (source.Next == new PatternToken('|', false))
        {
            throw new FormatException("conditional backref with more than two branches");
        }

        Close();
        return new(
            string.Create(CultureInfo.InvariantCulture, $"(?({number}){yes.Text}|{no.Text})"),
            Math.Min(yes.Shortest, no.Shortest),
            Math.Max(yes.Longest, no.Longest));
    }

    private PatternPiece? Flagged(PatternToken first, PatternFlags flags, bool mayHaveGlobalFlags)
    {
        var (added, removed, isGlobal) = PatternFlagReader.Read(first, source);
        if (isGlobal)
        {
            GlobalFlags |= mayHaveGlobalFlags ? added : throw new FormatException("global flags not at the start of the expression");
            return null;
        }

        var inside = (flags | added) & ~removed;
        inside &= added.HasFlag(PatternFlags.Unicode) ? ~PatternFlags.Ascii : ~PatternFlags.None;
        var opening = added.HasFlag(PatternFlags.IgnoreCase) ? "(?i:" : removed.HasFlag(PatternFlags.IgnoreCase) ? "(?-i:" : "(?:";
        return Enclose(opening, inside);
    }

    private void SkipComment()
    {
        while (!source.Take(')'))
        {
            _ = TakeRequired("missing ), unterminated comment");
        }
    }

    private void Close()
    {
        if (!source.Take(')'))
        {
            throw new FormatException("missing ), unterminated subpattern");
        }
    }

    private PatternToken TakeRequired(string problem) => source.AtEnd ? throw new FormatException(problem) : source.Take();
}
