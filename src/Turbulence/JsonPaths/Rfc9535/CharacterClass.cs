namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>What stands for one character in an I-Regexp (RFC 9485, section 4): a character, an escape, a dot, a class.</summary>
internal static class CharacterClass
{
    /// <summary>Reads one; null when what stands there is none.</summary>
    public static CodePointSet? Read(QueryText pattern)
    {
        if (pattern.Take('.'))
        {
            return CodePointSet.Of([('\n', '\n'), ('\r', '\r')]).Complement();
        }

        if (pattern.Take('['))
        {
            return Brackets(pattern);
        }

        if (Category(pattern, out var malformed) is { } category)
        {
            return category;
        }

        return !malformed && Character(pattern, "()*+.?[]{|}") is { } character ? CodePointSet.Of([(character, character)]) : null;
    }

    private static CodePointSet? Brackets(QueryText pattern)
    {
        var negated = pattern.Take('^');
        var ranges = new List<(int First, int Last)>();
        if (pattern.Take('-'))
        {
            ranges.Add(('-', '-'));
        }

        while (!pattern.AtEnd && pattern.Next is not ('-' or ']'))
        {
            if (!Member(pattern, ranges))
            {
                return null;
            }
        }

        if (pattern.Take('-'))
        {
            ranges.Add(('-', '-'));
        }

        if (ranges.Count == 0 || !pattern.Take(']'))
        {
            return null;
        }

        var set = CodePointSet.Of(ranges);
        return negated ? set.Complement() : set;
    }

    private static bool Member(QueryText pattern, List<(int First, int Last)> ranges)
    {
        if (Category(pattern, out var malformed) is { } category)
        {
            ranges.AddRange(category.Ranges);
            return true;
        }

        if (malformed || Character(pattern, "-[]") is not { } first)
        {
            return false;
        }

        var last = first;
        if (pattern.Next == '-' && pattern.Peek(1) != ']')
        {
            pattern.Position++;
            if (Character(pattern, "-[]") is not { } end || end < first)
            {
                return false;
            }

            last = end;
        }

        ranges.Add((first, last));
        return true;
    }

    // \p{Lu} and its opposite \P{Lu}.
    private static CodePointSet? Category(QueryText pattern, out bool malformed)
    {
        malformed = false;
        var letter = pattern.Peek(1);
        if (pattern.Next != '\\' || letter is not ('p' or 'P'))
        {
            return null;
        }

        malformed = true;
        pattern.Position += 2;
        var start = pattern.Position + 1;
        if (!pattern.Take('{'))
        {
            return null;
        }

        while (char.IsAsciiLetter(pattern.Next))
        {
            pattern.Position++;
        }

        var set = CodePointCategories.Find(pattern.Slice(start));
        return !pattern.Take('}') || set is null ? null : letter == 'P' ? set.Complement() : set;
    }

    private static int? Character(QueryText pattern, string reserved)
    {
        if (pattern.AtEnd)
        {
            return null;
        }

        if (pattern.Take('\\'))
        {
            return Escape(pattern);
        }

        var unit = pattern.Next;
        if (reserved.Contains(unit, StringComparison.Ordinal))
        {
            return null;
        }

        if (!char.IsSurrogate(unit))
        {
            pattern.Position++;
            return unit;
        }

        if (!char.IsSurrogatePair(unit, pattern.Peek(1)))
        {
            return null;
        }

        pattern.Position += 2;
        return char.ConvertToUtf32(unit, pattern.Peek(-1));
    }

    private static int? Escape(QueryText pattern)
    {
        int? character = pattern.Next switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '(' or ')' or '*' or '+' or '-' or '.' or '?' or '[' or '\\' or ']' or '^' or '{' or '|' or '}' => pattern.Next,
            _ => null,
        };
        pattern.Position += character is null ? 0 : 1;
        return character;
    }
}
