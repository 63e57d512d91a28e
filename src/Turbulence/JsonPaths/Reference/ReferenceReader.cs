namespace Turbulence.JsonPaths.Reference;

/// <summary>The words of a query while they are read, one after the other.</summary>
internal sealed class ReferenceReader(QueryText text, IReadOnlyList<ReferenceToken> tokens)
{
    private int _index;

    /// <summary>The word to read next; the end when all are read.</summary>
    public ReferenceToken Next => tokens[_index];

    /// <summary>Whether the next word is a sign.</summary>
    public bool At(string sign) => Next.Kind == ReferenceTokenKind.Sign && Next.Text == sign;

    /// <summary>Passes a sign if it is next.</summary>
    public bool Take(string sign)
    {
        if (!At(sign))
        {
            return false;
        }

        _index++;
        return true;
    }

    /// <summary>Passes the next word, which is not the end.</summary>
    public ReferenceToken Advance() => tokens[_index++];

    /// <summary>Goes one level deeper, which fails at the limit.</summary>
    public bool Enter()
    {
        text.Position = Next.Position;
        return text.Enter();
    }

    /// <summary>Goes one level up again, over the sign that closes the level.</summary>
    public bool Leave(string sign)
    {
        text.Leave();
        return Take(sign) || FailExpected($"'{sign}'");
    }

    /// <summary>Notes what is wrong with a word; the first note stays.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(string problem, ReferenceToken token) => text.Fail(problem, token.Position);

    /// <summary>Notes that another word is next than was expected.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool FailExpected(string expected) =>
        Fail($"expected {expected}, found {(Next.Kind == ReferenceTokenKind.End ? "the end" : $"'{Next.Text}'")}", Next);
}
