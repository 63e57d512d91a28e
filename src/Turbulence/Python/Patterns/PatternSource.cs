using System.Text;

namespace Turbulence.Python.Patterns;

/// <summary>Reads a pattern token by token, one ahead.</summary>
internal sealed class PatternSource
{
    private readonly string text;
    private int at;
    private int next;

    /// <summary>Starts at the beginning of <paramref name="text"/>.</summary>
    public PatternSource(string text)
    {
        this.text = text;
        Advance();
    }

    /// <summary>The token that <see cref="Take()"/> gives next.</summary>
    public PatternToken Next { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Next.Value < 0;

    /// <summary>A place to come back to with <see cref="Return"/>.</summary>
    public int Mark => at;

    /// <summary>The next token, which is then behind.</summary>
    public PatternToken Take()
    {
        var token = Next;
        Advance();
        return token;
    }

    /// <summary>Takes the next token if it is <paramref name="character"/> without a backslash.</summary>
    public bool Take(char character)
    {
        if (Next != new PatternToken(character, false))
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Takes tokens, <paramref name="most"/> at most, as long as they are <paramref name="wanted"/>.</summary>
    public string TakeWhile(Func<PatternToken, bool> wanted, int most = int.MaxValue)
    {
        var taken = new StringBuilder();
        for (; most > 0 && !AtEnd && wanted(Next); most--)
        {
            taken.Append(Take());
        }

        return taken.ToString();
    }

    /// <summary>Takes a name up to and with its <paramref name="terminator"/>.</summary>
    /// <exception cref="FormatException">The name is empty or has no end.</exception>
    public string TakeName(char terminator)
    {
        var name = TakeWhile(token => token != new PatternToken(terminator, false));
        if (name.Length == 0)
        {
            throw new FormatException("missing group name");
        }

        return Take(terminator) ? name : throw new FormatException($"missing {terminator}, unterminated name");
    }

    /// <summary>Goes back to a <see cref="Mark"/>.</summary>
    public void Return(int mark)
    {
        next = mark;
        Advance();
    }

    private void Advance()
    {
        at = next;
        if (next >= text.Length)
        {
            Next = PatternToken.End;
            return;
        }

        var escaped = text[next] == '\\';
        if (escaped && ++next == text.Length)
        {
            throw new FormatException(@"bad escape (end of pattern)");
        }

        var value = CodePoint.At(text, next);
        next += value < CodePoint.FirstAstral ? 1 : 2;
        Next = new(value, escaped);
    }
}
