using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Reads a journal once from its front to its end: the braces and keys of what is large one by one, and what stands in it value by value,
/// so that no more of the file is in memory than the largest of its entries.
/// </summary>
/// <param name="source">The file; not disposed of.</param>
internal sealed class JournalFeed(Stream source)
{
    /// <summary>How deep a journal may be: as deep as it is written.</summary>
    public const int DeepestLevel = 1000;

    private const int FirstBuffer = 64 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = DeepestLevel };

    private byte[] buffer = new byte[FirstBuffer];
    private int from;
    private int until;
    private bool isOver;
    private bool isStarted;
    private JsonReaderState state = new(Options);

    /// <summary>Whether there is nothing in it but blanks.</summary>
    public bool IsEmpty
    {
        get
        {
            Reader();
            while (buffer.AsSpan(from, until - from).IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                if (isOver)
                {
                    return true;
                }

                Fill();
            }

            return false;
        }
    }

    /// <summary>Reads a value of its own: a reader that stands at its first token.</summary>
    public static Utf8JsonReader Read(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, isFinalBlock: true, new JsonReaderState(Options));
        reader.Read();
        return reader;
    }

    /// <summary>Goes into an object; where another value stands, it is passed over.</summary>
    /// <returns>Whether it was one.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool EnterObject() => Enter(JsonTokenType.StartObject);

    /// <summary>Goes into an array; where another value stands, it is passed over.</summary>
    /// <returns>Whether it was one.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool EnterArray() => Enter(JsonTokenType.StartArray);

    /// <summary>The next key of the object that it is in; null at its end, which it has left then.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public string? NextKey()
    {
        while (true)
        {
            var reader = Reader();
            if (!reader.Read())
            {
                Fill();
                continue;
            }

            var key = reader.TokenType == JsonTokenType.PropertyName ? reader.AnyText() : null;
            Advance(reader);
            return key;
        }
    }

    /// <summary>The text of the value that comes next, as a whole, good until the next call.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public ReadOnlySpan<byte> Value() => Next(isElement: false, out _);

    /// <summary>The text of the next element of the array that it is in, as a whole, good until the next call.</summary>
    /// <returns>Whether there is one; otherwise it has left the array.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool TryElement(out ReadOnlySpan<byte> element)
    {
        element = Next(isElement: true, out var isEnd);
        return !isEnd;
    }

    /// <summary>Passes the value over that comes next, however large it is.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Skip()
    {
        var depth = 0;
        do
        {
            var reader = Reader();
            while (reader.Read())
            {
                depth += reader.TokenType switch
                {
                    JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                    JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                    _ => 0,
                };
                if (depth == 0 && reader.TokenType != JsonTokenType.PropertyName)
                {
                    Advance(reader);
                    return;
                }
            }

            Advance(reader);
            Fill();
        }
        while (true);
    }

    /// <summary>Looks that nothing stands behind what was read.</summary>
    /// <exception cref="JsonException">Something does.</exception>
    public void End()
    {
        while (true)
        {
            var reader = Reader();
            var more = reader.Read();
            Advance(reader);
            if (more || isOver)
            {
                return;
            }

            Fill();
        }
    }

    private bool Enter(JsonTokenType start)
    {
        while (true)
        {
            var reader = Reader();
            if (!reader.Read())
            {
                Fill();
                continue;
            }

            if (reader.TokenType == start)
            {
                Advance(reader);
                return true;
            }

            Skip();
            return false;
        }
    }

    private ReadOnlySpan<byte> Next(bool isElement, out bool isEnd)
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                isEnd = isElement && reader.TokenType == JsonTokenType.EndArray;
                var start = from + (int)reader.TokenStartIndex;
                if (isEnd || reader.TrySkip())
                {
                    Advance(reader);
                    return buffer.AsSpan(start, from - start);
                }
            }

            Fill();
        }
    }

    private Utf8JsonReader Reader()
    {
        if (!isStarted)
        {
            isStarted = true;
            Fill();
            if (buffer.AsSpan(from, until - from).StartsWith("\uFEFF"u8))
            {
                from += 3;
            }
        }

        return new Utf8JsonReader(buffer.AsSpan(from, until - from), isOver, state);
    }

    private void Advance(in Utf8JsonReader reader)
    {
        state = reader.CurrentState;
        from += (int)reader.BytesConsumed;
    }

    private void Fill()
    {
        if (isOver)
        {
            // The reader would have complained already where something is missing.
            throw new JsonException("it ends too early");
        }

        buffer.AsSpan(from, until - from).CopyTo(buffer);
        (from, until) = (0, until - from);
        if (until > buffer.Length / 2)
        {
            Array.Resize(ref buffer, checked((int)Math.Min(buffer.Length * 2L, Array.MaxLength)));
        }

        if (until == buffer.Length)
        {
            throw new JsonException("one of its values is larger than 2 GB");
        }

        var read = source.ReadAtLeast(buffer.AsSpan(until), buffer.Length - until, throwOnEndOfStream: false);
        isOver = read < buffer.Length - until;
        until += read;
    }
}
