using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>Reads the condition of a filter (RFC 9535, section 2.3.5) and checks that it is well-typed (section 2.4.3).</summary>
internal sealed class FilterParser(QueryText text, Rfc9535Parser paths)
{
    // The longer ones first.
    private static readonly (string Text, ComparisonOperator Operator)[] Operators =
    [
        ("==", ComparisonOperator.Equal),
        ("!=", ComparisonOperator.NotEqual),
        ("<=", ComparisonOperator.LessOrEqual),
        (">=", ComparisonOperator.GreaterOrEqual),
        ("<", ComparisonOperator.Less),
        (">", ComparisonOperator.Greater),
    ];

    /// <summary>Reads a condition, blanks around it included; null when there is none.</summary>
    public Condition? Condition()
    {
        var alternatives = new List<Condition>();
        do
        {
            if (Conjunction() is not { } alternative)
            {
                return null;
            }

            alternatives.Add(alternative);
        }
        while (text.Take("||"));
        return alternatives is [var only] ? only : new AnyOf(alternatives);
    }

    private Condition? Conjunction()
    {
        var conditions = new List<Condition>();
        do
        {
            text.SkipBlanks();
            if (Basic() is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
            text.SkipBlanks();
        }
        while (text.Take("&&"));
        return conditions is [var only] ? only : new AllOf(conditions);
    }

    private Condition? Basic()
    {
        if (!text.Take('!'))
        {
            return text.Next == '(' ? Parentheses() : ComparisonOrTest();
        }

        text.SkipBlanks();
        var negated = text.Next == '(' ? Parentheses() : Test(text.Position, Operand());
        return negated is null ? null : new Negation(negated);
    }

    private Condition? Parentheses()
    {
        text.Take('(');
        if (!text.Enter() || Condition() is not { } condition)
        {
            return null;
        }

        if (!text.Take(')'))
        {
            text.FailExpected("')'");
            return null;
        }

        text.Leave();
        return condition;
    }

    private Condition? ComparisonOrTest()
    {
        var start = text.Position;
        if (Operand() is not { } left)
        {
            return null;
        }

        var afterOperand = text.Position;
        text.SkipBlanks();
        foreach (var (written, comparison) in Operators)
        {
            if (text.Take(written))
            {
                return Comparison(start, left, comparison);
            }
        }

        text.Position = afterOperand;
        return Test(start, left);
    }

    private Comparison? Comparison(int start, FilterOperand left, ComparisonOperator comparison)
    {
        text.SkipBlanks();
        var rightStart = text.Position;
        return Operand() is { } right && Value(start, left) is { } leftValue && Value(rightStart, right) is { } rightValue
            ? new(leftValue, comparison, rightValue)
            : null;
    }

    private Condition? Test(int start, FilterOperand? operand)
    {
        if (operand is { Test: null })
        {
            text.Fail("a value has to be compared with something", start);
        }

        return operand?.Test;
    }

    private Comparable? Value(int start, FilterOperand operand)
    {
        if (operand.Value is null)
        {
            text.Fail("only a literal, a function's value or a path to one node at most can be compared", start);
        }

        return operand.Value;
    }

    private FilterOperand? Operand()
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
