using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Journals;
using Turbulence.Platform.Files;
using Turbulence.Values;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// What a guardian writes into the journal that a runner left behind: <c>turbulence.guardian</c>, and where each fault is by now in the
/// fault's own entry of <c>turbulence.faults</c>. Both are put in between the bytes that stand there, and nothing else of them is changed;
/// the file is replaced as a whole.
/// </summary>
/// <param name="at">When everything was done.</param>
/// <param name="reason">Why the runner was lost.</param>
/// <param name="faults">The run's faults, as they stand now.</param>
/// <param name="complaints">What went wrong beside the faults, one line each.</param>
internal sealed class JournalClosing(DateTimeOffset at, string reason, IReadOnlyList<FaultRecord> faults, IReadOnlyList<string> complaints)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The guardian's own entry.</summary>
    public JsonObject Entry()
    {
        var entry = new JsonObject
        {
            ["at"] = RecordJson.Time(at),
            ["reason"] = reason,
            ["confirmed"] = faults.All(fault => fault.State == FaultState.Confirmed),
        };
        if (complaints.Count > 0)
        {
            var mask = SecretMask.Of(faults.SelectMany(fault => fault.Hidden));
            entry["complaints"] = new JsonArray([.. complaints.Select(complaint => JsonValue.Create(mask.Apply(complaint)))]);
        }

        return entry;
    }

    /// <summary>A fault's entry, brought up to date.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="told">What the run has told of it; null where it has told nothing.</param>
    public JsonObject Entry(FaultRecord fault, JsonObject? told)
    {
        var entry = told ?? [];
        FaultEntry.Write(entry, FaultRecordMask.Of(fault).ToReport(), at);
        return entry;
    }

    /// <summary>Writes all of it into a journal.</summary>
    /// <returns>Why that was not possible, in one line; null where it was.</returns>
    public string? Write(string path)
    {
        try
        {
            using var output = new OutputFile(path) { IsDurable = true };
            if (output.Place.Kind != OutputKind.Replaced)
            {
                return "the run writes it at its end only, and did not come to that";
            }

            output.Prepare();
            var journal = File.ReadAllBytes(output.Place.Path);
            if (JournalPlaces.Find(journal) is not { } places)
            {
                return "it holds no whole journal, or has such an entry already";
            }

            var pieces = Pieces(journal, places);
            output.Write(file => WriteWith(file, journal, pieces));
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return failure.Message;
        }
    }

    // What is put in, and in the place of which bytes, from the front to the back.
    private List<(Range Place, byte[] Text)> Pieces(byte[] journal, JournalPlaces places)
    {
        var entries = faults
            .Select(fault => Entry(fault, places.Faults.TryGetValue(fault.Id, out var place) ? Told(journal[place]) : null))
            .ToList();
        var news = new JsonArray([.. entries.Where(entry => !places.Faults.ContainsKey(Id(entry))).Select(entry => entry.DeepClone())]);
        var section = new JsonObject { ["guardian"] = Entry() };
        if (places.EndOfFaults is null)
        {
            section["faults"] = news;
        }

        List<(Range, byte[])> pieces =
        [
            places.Section is { } at
                ? (at..at, Members(section, "    "))
                : (places.Root..places.Root, Members(new JsonObject { ["turbulence"] = section }, "  ")),
        ];
        pieces.AddRange(entries
            .Where(entry => places.Faults.ContainsKey(Id(entry)))
            .Select(entry => (places.Faults[Id(entry)], Indented(entry, "      "))));
        if (places.EndOfFaults is { } end && news.Count > 0)
        {
            var text = string.Join(",\n      ", news.Select(entry => Encoding.UTF8.GetString(Indented(entry!, "      "))));
            pieces.Add((end..end, Encoding.UTF8.GetBytes(places.IsEmpty ? $"\n      {text}\n    " : $",\n      {text}")));
        }

        pieces.Sort(static (one, other) => one.Item1.Start.Value.CompareTo(other.Item1.Start.Value));
        return pieces;
    }

    private static void WriteWith(Stream file, byte[] journal, List<(Range Place, byte[] Text)> pieces)
    {
        var at = 0;
        foreach (var (place, text) in pieces)
        {
            file.Write(journal.AsSpan(at..place.Start.Value));
            file.Write(text);
            at = place.End.Value;
        }

        file.Write(journal.AsSpan(at..));
    }

    private static string Id(JsonObject entry) => entry["id"]!.GetValue<string>();

    private static JsonObject? Told(ReadOnlySpan<byte> entry) =>
        JsonNode.Parse(entry, documentOptions: new JsonDocumentOptions { MaxDepth = JournalPlaces.DeepestLevel }) as JsonObject;

    // The members of an object, to be put in behind its opening brace and in front of others.
    private static byte[] Members(JsonObject members, string indent) => Encoding.UTF8.GetBytes(string.Concat(members.Select(
        member => $"\n{indent}\"{member.Key}\": {Encoding.UTF8.GetString(Indented(member.Value!, indent))},")));

    private static byte[] Indented(JsonNode value, string indent)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream.ToArray()).Replace("\n", "\n" + indent, StringComparison.Ordinal));
    }
}
