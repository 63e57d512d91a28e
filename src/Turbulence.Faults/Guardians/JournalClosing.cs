using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Files;
using Turbulence.Values;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Puts <c>turbulence.guardian</c> into the journal that a runner left behind. The entry is put in between the bytes that stand there, and nothing of
/// them is changed; the file is replaced as a whole.
/// </summary>
internal static class JournalClosing
{
    private const string Section = "turbulence";
    private const string Key = "guardian";
    private const int DeepestLevel = 1000;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a guardian has to say.</summary>
    /// <param name="at">When it was done.</param>
    /// <param name="reason">Why the runner was lost.</param>
    /// <param name="faults">The run's faults, as they stand now.</param>
    /// <param name="complaints">What went wrong beside the faults, one line each.</param>
    public static JsonObject Entry(DateTimeOffset at, string reason, IReadOnlyList<FaultRecord> faults, IReadOnlyList<string> complaints)
    {
        var entry = new JsonObject
        {
            ["at"] = RecordJson.Time(at),
            ["reason"] = reason,
            ["confirmed"] = faults.All(fault => fault.State == FaultState.Confirmed),
            ["faults"] = new JsonArray([.. faults.Select(FaultRecordMask.Of).Select(Entry)]),
        };
        if (complaints.Count > 0)
        {
            var mask = SecretMask.Of(faults.SelectMany(fault => fault.Hidden));
            entry["complaints"] = new JsonArray([.. complaints.Select(complaint => JsonValue.Create(mask.Apply(complaint)))]);
        }

        return entry;
    }

    /// <summary>Puts the entry in.</summary>
    /// <returns>Why that was not possible, in one line; null where it was.</returns>
    public static string? Write(string path, JsonObject entry)
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
            if (PlaceIn(journal, out var isInSection) is not { } place)
            {
                return "it holds no whole journal, or has such an entry already";
            }

            output.Write(file =>
            {
                file.Write(journal.AsSpan(0, place));
                file.Write(Text(entry, isInSection));
                file.Write(journal.AsSpan(place));
            });
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return failure.Message;
        }
    }

    private static JsonObject Entry(FaultRecord fault) => new()
    {
        ["id"] = fault.Id,
        ["kind"] = fault.Kind,
        ["activity"] = fault.Activity,
        ["state"] = FaultRecordJson.Name(fault.State),
        ["targets"] = new JsonArray([.. fault.Targets.Select(target => JsonValue.Create(target.Text))]),
        ["undo"] = fault.UndoText,
        ["confirmation"] = fault.Confirmation?.Text,
        ["problem"] = fault.Problem,
    };

    // In front of the first key of the section, or of the journal where there is no section yet: after the opening brace.
    private static int? PlaceIn(ReadOnlySpan<byte> journal, out bool isInSection)
    {
        isInSection = false;
        int? root = null;
        int? section = null;
        var inSection = false;
        var reader = new Utf8JsonReader(journal, new JsonReaderOptions { MaxDepth = DeepestLevel });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 0)
            {
                root = (int)reader.BytesConsumed;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                inSection = reader.ValueTextEquals(Section);
            }
            else if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1 && inSection)
            {
                section = (int)reader.BytesConsumed;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && inSection && reader.ValueTextEquals(Key))
            {
                return null;
            }
        }

        isInSection = section is not null;
        return section ?? root;
    }

    private static byte[] Text(JsonObject entry, bool isInSection)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            (isInSection ? entry : new JsonObject { [Key] = entry }).WriteTo(writer);
        }

        var indent = isInSection ? "    " : "  ";
        var text = Encoding.UTF8.GetString(stream.ToArray()).Replace("\n", "\n" + indent, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"\n{indent}\"{(isInSection ? Key : Section)}\": {text},");
    }
}
