namespace Turbulence.JsonPaths;

/// <summary>The text of a query while it is read: how far reading is, how deep, and the first thing that is wrong.</summary>
internal sealed class QueryText(string text)
{
    /// <summary>How deep filters, brackets, calls and values may stand in one another.</summary>
    public const int MaxDepth = 100;

    private int _depth;

    public int Position { get; set; }

    /// <summary>One line with the column; null while nothing is wrong.</summary>
    public string? Problem { get; private set; }

    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end, which no grammar has.</summary>
    public char Next => Peek(0);

    public char Peek(int ahead) => Position + ahead < text.Length ? text[Position + ahead] : '\0';

    public string Slice(int start) => text[start..Position];

    public bool Take(char expected)
    {
        if (AtEnd || Next != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool Take(string expected)
    {
        if (string.CompareOrdinal(text, Position, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Passes blanks: space, tab, line feed and carriage return.</summary>
    public void SkipBlanks()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
        {
            Position++;
        }
    }

    /// <summary>Goes one level deeper, which fails at the limit.</summary>
    public bool Enter() => ++_depth <= MaxDepth || Fail($"more than {MaxDepth} levels in one another");

    public void Leave() => _depth--;

    /// <summary>Notes what is wrong at the current position; the first note stays.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(string problem) => Fail(problem, Position);

    /// <summary>Notes what is wrong at a position; the first note stays.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(string problem, int position)
    {
        Problem ??= $"column {position + 1}: {problem}";
        return false;
    }

    /// <summary>Notes that something else stands here than was expected.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool FailExpected(string expected) => Fail($"expected {expected}, found {Found()}");

    private string Found()
    {
        if (AtEnd)
        {
            return "the end";
        }

        return char.IsControl(Next) || char.IsSurrogate(Next) ? $"U+{(int)Next:X4}" : $"'{Next}'";
    }
}
