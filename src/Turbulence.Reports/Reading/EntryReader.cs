using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the entries of activities: section 8.4 of the reference's behaviour.</summary>
/// <param name="pool">Keeps the texts.</param>
internal sealed class EntryReader(TextPool pool)
{
    // The reference's journals end the trace with the class of its own exception.
    private const string OwnException = "chaoslib.exceptions.ActivityFailed: ";

    private readonly ShortJson shown = new(pool);

    /// <summary>Shows a value on one line; null for null.</summary>
    public string? Show(ReadOnlySpan<byte> value) => shown.Of(value);

    /// <summary>Reads an entry; one that is no object has nothing in it.</summary>
    public JournalEntry Read(ReadOnlySpan<byte> text)
    {
        var entry = new JournalEntry();
        var reader = JournalFeed.Read(text);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return entry;
        }

        ReadOnlySpan<byte> output = default;
        while (reader.NextMember())
        {
            if (reader.IsKey("activity"u8))
            {
                ReadActivity(entry, ref reader, text);
            }
            else if (reader.IsKey("output"u8))
            {
                output = reader.Raw(text);
            }
            else if (reader.IsKey("start"u8))
            {
                entry.Start = reader.Moment();
            }
            else if (reader.IsKey("status"u8))
            {
                entry.Status = pool.Text(ref reader);
            }
            else if (reader.IsKey("end"u8))
            {
                entry.End = reader.Moment();
            }
            else if (reader.IsKey("duration"u8))
            {
                entry.Duration = reader.Number();
            }
            else if (reader.IsKey("tolerance_met"u8))
            {
                entry.ToleranceMet = reader.Truth();
            }
            else if (reader.IsKey("exception"u8))
            {
                entry.Error = ReadError(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        entry.Output = shown.Of(output);
        if (entry.Provider == "load")
        {
            entry.Load = LoadReader.Read(output, entry.Name ?? "", pool);
        }

        else if (entry.Provider == "spans")
        {
            entry.Spans = SpanMapReader.Read(output, pool);
        }

        return entry;
    }

    /// <summary>Reads a check of the steady state.</summary>
    public (bool? Met, List<JournalEntry> Probes) ReadCheck(ReadOnlySpan<byte> text)
    {
        bool? met = null;
        List<JournalEntry> probes = [];
        var reader = JournalFeed.Read(text);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return (met, probes);
        }

        while (reader.NextMember())
        {
            if (reader.IsKey("steady_state_met"u8))
            {
                met = reader.Truth();
            }
            else if (reader.IsKey("probes"u8) && reader.IsArray())
            {
                while (reader.NextElement())
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    probes.Add(Read(text[start..(int)reader.BytesConsumed]));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return (met, probes);
    }

    private void ReadActivity(JournalEntry entry, ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.IsKey("name"u8))
            {
                entry.Name = pool.Text(ref reader);
            }
            else if (reader.IsKey("type"u8))
            {
                entry.Type = pool.Text(ref reader);
            }
            else if (reader.IsKey("background"u8))
            {
                entry.Background = reader.Truth() == true;
            }
            else if (reader.IsKey("tolerance"u8))
            {
                entry.Tolerance = shown.Of(reader.Raw(text));
            }
            else if (reader.IsKey("provider"u8) && reader.IsObject())
            {
                entry.Provider = ReadProvider(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private string? ReadProvider(ref Utf8JsonReader reader)
    {
        string? type = null;
        while (reader.NextMember())
        {
            if (reader.IsKey("type"u8))
            {
                type = pool.Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return type;
    }

    // People look at the last line.
    private string? ReadError(ref Utf8JsonReader reader)
    {
        var last = reader.Texts().LastOrDefault(static line => !string.IsNullOrWhiteSpace(line))?.Trim();
        return last is null
            ? null
            : pool.One(ShortJson.Cut(last.StartsWith(OwnException, StringComparison.Ordinal) ? last[OwnException.Length..] : last));
    }
}
