using System.Text.Json;

namespace Turbulence.Faults.Guardians;

/// <summary>Where in the bytes of a journal something is to be put in.</summary>
internal sealed class JournalPlaces
{
    /// <summary>How deep a journal may be.</summary>
    public const int DeepestLevel = 1000;

    private JournalPlaces()
    {
    }

    /// <summary>Behind the journal's opening brace.</summary>
    public int Root { get; private set; }

    /// <summary>Behind the opening brace of <c>turbulence</c>; null where there is none.</summary>
    public int? Section { get; private set; }

    /// <summary>The entries of <c>turbulence.faults</c>, by the ids of the faults.</summary>
    public Dictionary<string, Range> Faults { get; } = [];

    /// <summary>
    /// Behind the last entry of <c>turbulence.faults</c>, or its opening bracket where it is empty; null where there is none.
    /// </summary>
    public int? EndOfFaults { get; private set; }

    /// <summary>Whether <c>turbulence.faults</c> is empty.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Looks through a journal.</summary>
    /// <returns>The places; null where it is no whole journal, or a guardian has written into it already.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JournalPlaces? Find(ReadOnlySpan<byte> journal)
    {
        var reader = new Utf8JsonReader(journal, new JsonReaderOptions { MaxDepth = DeepestLevel });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var places = new JournalPlaces { Root = (int)reader.BytesConsumed };
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isOurs = reader.ValueTextEquals("turbulence");
                reader.Read();
                if (!isOurs)
                {
                    reader.Skip();
                }
                else if (reader.TokenType == JsonTokenType.StartObject && !places.ReadSection(ref reader))
                {
                    return null;
                }
            }
        }

        return places;
    }

    private bool ReadSection(ref Utf8JsonReader reader)
    {
        Section = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("guardian"))
            {
                return false;
            }

            var isFaults = reader.ValueTextEquals("faults");
            reader.Read();
            if (isFaults && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadFaults(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return true;
    }

    private void ReadFaults(ref Utf8JsonReader reader)
    {
        EndOfFaults = (int)reader.BytesConsumed;
        IsEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            IsEmpty = false;
            var start = (int)reader.TokenStartIndex;
            var id = reader.TokenType == JsonTokenType.StartObject ? IdOf(reader) : null;
            reader.Skip();
            EndOfFaults = (int)reader.BytesConsumed;
            if (id is not null)
            {
                Faults[id] = start..EndOfFaults.Value;
            }
        }
    }

    // With a copy of the reader, which stays where it is.
    private static string? IdOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id");
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }
}
