namespace Turbulence.Python.Patterns;

/// <content>What stands in brackets.</content>
internal sealed partial class PatternTranslator
{
    private static readonly PatternToken SetEnd = new(']', false);

    private string Set(PatternFlags flags)
    {
        var ascii = flags.HasFlag(PatternFlags.Ascii);
        var set = new PatternSet(wholeCharacters);
        var negated = source.Take('^');

        // A bracket that would close an empty set is its first member.
        for (var isFirst = true; isFirst || source.Next != SetEnd; isFirst = false)
        {
            var token = TakeMember();
            var character = Member(token);
            if (!source.Take('-'))
            {
                Add(set, token, character, ascii);
            }
            else if (source.Next == SetEnd)
            {
                Add(set, token, character, ascii);
                set.AddRange('-', '-');
            }
            else
            {
                var endToken = TakeMember();
                if (character is not { } first || Member(endToken) is not { } last || last < first)
                {
                    throw new FormatException($"bad character range {token}-{endToken}");
                }

                set.AddRange(first, last);
            }
        }

        _ = source.Take();
        return set.ToPattern(negated);
    }

    private PatternToken TakeMember() => TakeRequired("unterminated character set");

    /// <summary>The character that a token begins; null for a class of characters.</summary>
    private int? Member(PatternToken token) => token switch
    {
        { Escaped: false } => token.Value,
        { Value: 'd' or 'D' or 's' or 'S' or 'w' or 'W' } => null,
        { Value: 'b' } => '\b',
        { Value: >= '0' and <= '9' } => PatternEscapes.ReadOctal(token.Value, source),
        _ => PatternEscapes.Read(token.Value, source),
    };

    private static void Add(PatternSet set, PatternToken token, int? character, bool ascii)
    {
        if (character is { } single)
        {
            set.AddRange(single, single);
        }
        else
        {
            set.AddClass((char)token.Value, ascii);
        }
    }
}
