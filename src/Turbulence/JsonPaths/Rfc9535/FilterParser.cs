namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// Reads the condition of a filter (RFC 9535, section 2.3.5) and checks that it is well-typed (section 2.4.3); what is compared
/// and tested is read by <see cref="OperandParser"/>.
/// </summary>
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

    private readonly OperandParser _operands = new(text, paths);

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
        var negated = text.Next == '(' ? Parentheses() : Test(text.Position, _operands.Operand());
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
        if (_operands.Operand() is not { } left)
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
        return _operands.Operand() is { } right
            && _operands.Value(start, left) is { } leftValue
            && _operands.Value(rightStart, right) is { } rightValue
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
}
