namespace Turbulence.JsonPaths.Reference;

/// <summary>
/// Reads the conditions of the dialect and the arguments of its calls. <c>not</c> binds tightest, then <c>or</c>, then
/// <c>and</c>: <c>a or b and c</c> is <c>(a or b) and c</c>.
/// </summary>
internal sealed class ReferenceFilterParser(ReferenceReader reader, ReferenceParser paths)
{
    private readonly ReferenceValueParser _values = new(reader);

    /// <summary>Reads a condition in its parentheses; null when there is none.</summary>
    public Condition? Parentheses()
    {
        if (!reader.Take("("))
        {
            reader.FailExpected("'('");
            return null;
        }

        return reader.Enter() && All() is { } condition && reader.Leave(")") ? condition : null;
    }

    /// <summary>Reads what a call is given, in its parentheses; null when it is malformed.</summary>
    public List<ReferenceOperand>? Arguments()
    {
        if (!reader.Take("("))
        {
            reader.FailExpected("'('");
            return null;
        }

        var arguments = new List<ReferenceOperand>();
        if (reader.Take(")"))
        {
            return arguments;
        }

        if (!reader.Enter())
        {
            return null;
        }

        do
        {
            if (Operand() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (reader.Take(","));
        return reader.Leave(")") ? arguments : null;
    }

    private Condition? All()
    {
        var conditions = new List<Condition>();
        do
        {
            if (Any() is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }
        while (reader.Take("and"));
        return conditions is [var only] ? only : new AllOf(conditions);
    }

    private Condition? Any()
    {
        var conditions = new List<Condition>();
        do
        {
            if (Not() is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }
        while (reader.Take("or"));
        return conditions is [var only] ? only : new AnyOf(conditions);
    }

    private Condition? Not()
    {
        var negated = false;
        while (reader.Take("not"))
        {
            negated = !negated;
        }

        var condition = reader.At("(") ? Parentheses() : ComparisonOrTest();
        return condition is not null && negated ? new Negation(condition) : condition;
    }

    private Condition? ComparisonOrTest()
    {
        if (Operand() is not { } left)
        {
            return null;
        }

        if (reader.Next.Kind != ReferenceTokenKind.Sign || ReferenceOperator.Find(reader.Next.Text) is not { } comparison)
        {
            return left.AsCondition();
        }

        reader.Advance();
        return Operand() is { } right ? new ReferenceComparison(left, comparison, right) : null;
    }

    private ReferenceOperand? Operand()
    {
        if (reader.At("$") || reader.At("@"))
        {
            return paths.Path() is { } path ? new(path) : null;
        }

        return _values.TryRead(out var value) ? new(value) : null;
    }
}
