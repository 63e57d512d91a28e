using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>Reads what a filter compares and tests: paths, literals and calls of functions (RFC 9535, sections 2.3.5 and 2.4).</summary>
internal sealed class OperandParser(QueryText text, Rfc9535Parser paths)
{
    /// <summary>What an operand is in a comparison or as a value argument; null, with a note, when it cannot be one.</summary>
    public Comparable? Value(int start, FilterOperand operand)
    {
        if (operand.Value is null)
        {
            text.Fail("only a literal, a function's value or a path to one node at most can be compared", start);
        }

        return operand.Value;
    }

    /// <summary>Reads a path, a literal or a call; null when there is none.</summary>
    public FilterOperand? Operand()
    {
        switch (text.Next)
        {
            case '$' or '@':
                return paths.Path() is { } path ? OfPath(path) : null;
            case '"' or '\'':
                return StringLiteral.Read(text) is { } value ? OfLiteral(value) : null;
            case '-' or (>= '0' and <= '9'):
                return NumberLiteral.Read(text) is { } number ? OfLiteral(number) : null;
            case >= 'a' and <= 'z':
                return Word();
            default:
                text.FailExpected("a path, a literal, a function, '!' or '('");
                return null;
        }
    }

    private static FilterOperand OfPath(NodePath path) =>
        new(path.SingularSteps is { } steps ? new SingularQuery(path.FromRoot, steps) : null, new Existence(path));

    private static FilterOperand OfLiteral(JsonNode? value) => new(new Literal(value), null);

    private FilterOperand? Word()
    {
        var start = text.Position;
        while (char.IsAsciiLetterLower(text.Next) || char.IsAsciiDigit(text.Next) || text.Next == '_')
        {
            text.Position++;
        }

        var word = text.Slice(start);
        if (text.Next == '(')
        {
            return Function(word, start);
        }

        switch (word)
        {
            case "true":
                return OfLiteral(true);
            case "false":
                return OfLiteral(false);
            case "null":
                return OfLiteral(null);
            default:
                text.Fail($"'{word}' is neither true, false or null nor a function", start);
                return null;
        }
    }

    private FilterOperand? Function(string name, int start)
    {
        text.Take('(');
        if (!text.Enter())
        {
            return null;
        }

        text.SkipBlanks();
        FilterOperand? call = name switch
        {
            "length" => ValueArgument() is { } value ? new(new LengthFunction(value), null) : null,
            "count" => paths.Path() is { } path ? new(new CountFunction(path), null) : null,
            "value" => paths.Path() is { } path ? new(new ValueFunction(path), null) : null,
            "match" => Pattern(wholeText: true),
            "search" => Pattern(wholeText: false),
            _ => Unknown(name, start),
        };
        if (call is null)
        {
            return null;
        }

        text.SkipBlanks();
        if (!text.Take(')'))
        {
            text.FailExpected($"')' after what {name} takes");
            return null;
        }

        text.Leave();
        return call;
    }

    private FilterOperand? Unknown(string name, int start)
    {
        text.Fail($"there is no function '{name}'; there are length, count, value, match and search", start);
        return null;
    }

    private FilterOperand? Pattern(bool wholeText)
    {
        if (ValueArgument() is not { } searched)
        {
            return null;
        }

        text.SkipBlanks();
        if (!text.Take(','))
        {
            text.FailExpected("',' and a pattern");
            return null;
        }

        text.SkipBlanks();
        return ValueArgument() is { } pattern ? new(null, new PatternFunction(searched, pattern, wholeText)) : null;
    }

    private Comparable? ValueArgument()
    {
        var start = text.Position;
        return Operand() is { } operand ? Value(start, operand) : null;
    }
}
