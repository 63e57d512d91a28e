namespace Turbulence.Platform.Http;

/// <summary>
/// The header fields of a head, one after the other, as RFC 9112 writes them and no other way: what two readers could take for two things
/// is wrong here.
/// </summary>
internal ref struct HttpFields
{
    private readonly ReadOnlySpan<byte> head;
    private int next;

    /// <summary>Begins behind the first line.</summary>
    /// <param name="head">A whole head, its empty line included.</param>
    public HttpFields(ReadOnlySpan<byte> head)
    {
        this.head = head;
        next = head.IndexOf("\r\n"u8) + 2;
    }

    /// <summary>The field's name, as it is written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The field's value, without the blanks around it.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The field with its line's end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Whether a line was none.</summary>
    public bool IsBad { get; private set; }

    /// <summary>Whether a name is this one, in either letter case.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => System.Text.Ascii.EqualsIgnoreCase(name, other);

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one; also false for a bad one.</returns>
    public bool MoveNext()
    {
        var rest = head[next..];
        var end = rest.IndexOf("\r\n"u8);
        if (end <= 0)
        {
            IsBad = end < 0;
            return false;
        }

        var line = rest[..end];
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(HttpSyntax.Token) || line[colon..].ContainsAny(HttpSyntax.NoValue))
        {
            IsBad = true;
            return false;
        }

        Name = line[..colon];
        Value = line[(colon + 1)..].Trim(" \t"u8);
        Line = rest[..(end + 2)];
        next += end + 2;
        return true;
    }
}
