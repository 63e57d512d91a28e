using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>Reads what ended in each part of the time of a load.</summary>
internal static class LoadPartsReader
{
    /// <summary>Adds the parts behind a key to those that are there already.</summary>
    public static void Read(ref Utf8JsonReader reader, LoadColumns into)
    {
        if (!reader.IsObject())
        {
            return;
        }

        double from = 0;
        double width = 100;
        List<long> requests = [];
        List<long> lost = [];
        List<double> longest = [];
        while (reader.NextMember())
        {
            if (reader.IsKey("from_ms"u8))
            {
                from = reader.Number() ?? 0;
            }
            else if (reader.IsKey("part_ms"u8))
            {
                width = reader.Number() ?? 0;
            }
            else if (reader.IsKey("requests"u8))
            {
                ReadWholes(ref reader, requests);
            }
            else if (reader.IsKey("lost"u8))
            {
                ReadWholes(ref reader, lost);
            }
            else if (reader.IsKey("longest_ms"u8))
            {
                ReadNumbers(ref reader, longest);
            }
            else
            {
                reader.Skip();
            }
        }

        into.AddParts(from, width, requests, lost, longest);
    }

    private static void ReadWholes(ref Utf8JsonReader reader, List<long> into)
    {
        if (reader.IsArray())
        {
            while (reader.NextElement())
            {
                into.Add(reader.WholeHere() ?? 0);
            }
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, List<double> into)
    {
        if (reader.IsArray())
        {
            while (reader.NextElement())
            {
                into.Add(reader.NumberHere() ?? 0);
            }
        }
    }
}
