using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Json;

namespace Turbulence.Journals;

/// <summary>Writes the parts of a journal as JSON text: section 8 of the reference's behaviour.</summary>
internal static class JournalJson
{
    private const int SpareBytes = 32 * 1024;

    // Its buffer is most of what writing an entry would allocate. One that became large is given up.
    [ThreadStatic]
    private static Utf8JsonWriter? spare;

    /// <summary>The entry of one activity.</summary>
    public static byte[] Text(ActivityRun run) => Text(writer => Write(writer, run));

    /// <summary>The entry of one activity, as a value of its own.</summary>
    public static JsonObject Entry(ActivityRun run) => (JsonObject)Parse(Text(run))!;

    /// <summary>The state of one check of the steady state, as a value of its own.</summary>
    public static JsonObject State(HypothesisRun run) => (JsonObject)Parse(Text(run))!;

    /// <summary>The state of a check that came to no end, as a value of its own.</summary>
    public static JsonObject State(IEnumerable<ActivityRun> probes) =>
        new() { ["steady_state_met"] = null, ["probes"] = new JsonArray([.. probes.Select(Entry)]) };

    /// <summary>Reads what was written here.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> text) =>
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = JsonPieces.Options.MaxDepth });

    /// <summary>The state of one check of the steady state.</summary>
    public static byte[] Text(HypothesisRun run) => Text(writer => Write(writer, run));

    /// <summary>Writes the state of one check of the steady state.</summary>
    public static void Write(Stream target, HypothesisRun run) => Write(target, writer => Write(writer, run));

    /// <summary>Writes the entry of one activity.</summary>
    public static void Write(Stream target, ActivityRun run) => Write(target, writer => Write(writer, run));

    /// <summary>Writes any JSON value.</summary>
    public static void Write(Stream target, JsonNode? node) => Write(target, writer => JsonPieces.Write(writer, node));

    /// <summary>Any JSON value.</summary>
    public static byte[] Text(JsonNode? node) => Text(writer => JsonPieces.Write(writer, node));

    /// <summary>A text.</summary>
    public static byte[] Text(string value) => Text(writer => writer.WriteStringValue(value));

    private static byte[] Text(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        Write(text, write);
        return text.ToArray();
    }

    private static void Write(Stream target, Action<Utf8JsonWriter> write)
    {
        var writer = spare ?? new Utf8JsonWriter(target, JsonPieces.Options);
        spare = null;
        writer.Reset(target);
        write(writer);
        writer.Flush();
        if (writer.BytesCommitted <= SpareBytes)
        {
            writer.Reset(Stream.Null);
            spare = writer;
        }
    }

    private static void Write(Utf8JsonWriter writer, HypothesisRun run)
    {
        if (run.Amended is { } amended)
        {
            JsonPieces.Write(writer, amended);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBoolean("steady_state_met", run.Met);
        writer.WriteStartArray("probes");
        foreach (var probe in run.Probes)
        {
            Write(writer, probe);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ActivityRun run)
    {
        if (run.Amended is { } amended)
        {
            JsonPieces.Write(writer, amended);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("activity");
        run.Activity.Declaration.WriteTo(writer);
        writer.WritePropertyName("output");
        JsonPieces.Write(writer, run.Output);
        writer.WriteString("start", JournalTime.Text(run.Start));
        if (run.End is { } end)
        {
            writer.WriteString("status", end == ActivityEnd.Succeeded ? "succeeded" : "failed");
            if (end != ActivityEnd.Succeeded)
            {
                WriteException(writer, run);
            }
        }

        if (run.Ended is { } ended)
        {
            writer.WriteString("end", JournalTime.Text(ended));
            writer.WriteNumber("duration", run.Duration.GetValueOrDefault().TotalSeconds);
        }

        if (run.ToleranceMet is { } met)
        {
            writer.WriteBoolean("tolerance_met", met);
        }

        writer.WriteEndObject();
    }

    // The reference writes Python's traceback; readers look at the last line.
    private static void WriteException(Utf8JsonWriter writer, ActivityRun run)
    {
        writer.WriteStartArray("exception");
        foreach (var line in run.Trace)
        {
            writer.WriteStringValue(line.EndsWith('\n') ? line : line + "\n");
        }

        writer.WriteStringValue($"chaoslib.exceptions.ActivityFailed: {run.Message}\n");
        writer.WriteEndArray();
    }
}
