using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Ledgers;

/// <summary>The parts that the ledger's files have in common: <c>schema</c>, processes, times.</summary>
internal static class RecordJson
{
    /// <summary>The version of the files' format. A reader refuses a newer one, since it cannot know what that means.</summary>
    public const int Schema = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a record.</summary>
    public static byte[] Text(JsonObject record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            record.WriteTo(writer);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads a record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="read">Makes the record; it throws <see cref="FormatException"/> for what is not there.</param>
    /// <param name="record">The record.</param>
    /// <param name="problem">Why there is none, in words that follow the file's name.</param>
    public static bool TryRead<T>(
        ReadOnlySpan<byte> text, Func<JsonObject, T> read, [NotNullWhen(true)] out T? record, [NotNullWhen(false)] out string? problem)
        where T : class
    {
        record = null;
        try
        {
            if (JsonNode.Parse(text) is not JsonObject document)
            {
                problem = "is not a record of this program";
                return false;
            }

            if (Integer(document, "schema") is var schema && schema != Schema)
            {
                problem = $"was written by another version of this program (schema {schema}, not {Schema})";
                return false;
            }

            record = read(document);
            problem = null;
            return true;
        }
        catch (Exception mistake)
            when (mistake is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            problem = $"is not a whole record of this program: {mistake.Message}";
            return false;
        }
    }

    /// <summary>A text that has to be there.</summary>
    public static string Text(JsonObject record, string key) =>
        OptionalText(record, key) ?? throw new FormatException($"'{key}' is missing");

    /// <summary>A text that may be missing.</summary>
    public static string? OptionalText(JsonObject record, string key) =>
        record[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>An integer that has to be there.</summary>
    public static long Integer(JsonObject record, string key) =>
        record[key] is JsonValue value && value.TryGetValue<long>(out var number)
            ? number
            : throw new FormatException($"'{key}' is missing");

    /// <summary>A truth value; false where it is missing.</summary>
    public static bool Flag(JsonObject record, string key) =>
        record[key] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A time that may be missing.</summary>
    public static DateTimeOffset? OptionalTime(JsonObject record, string key) =>
        OptionalText(record, key) is { } text ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) : null;

    /// <summary>A time as it is written.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A process that has to be there.</summary>
    public static ProcessIdentity Process(JsonObject record, string key) =>
        OptionalProcess(record, key) ?? throw new FormatException($"'{key}' is missing");

    /// <summary>
    /// A runner that has to be there. Records of before hosts were written have the boot beside it, or none where nothing told it: those
    /// are of this machine.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="key">Where the runner stands.</param>
    /// <param name="boot">The boot that an earlier version wrote beside it; null where it did not.</param>
    public static RunnerIdentity Runner(JsonObject record, string key, string? boot)
    {
        var process = Process(record, key);
        var runner = (JsonObject)record[key]!;
        return OptionalText(runner, "host") is { } host
            ? new RunnerIdentity(host, Text(runner, "boot"), process)
            : new RunnerIdentity("", boot ?? throw new FormatException("'boot' is missing"), process);
    }

    /// <summary>A runner as it is written.</summary>
    public static JsonObject Runner(RunnerIdentity runner) => new()
    {
        ["host"] = runner.Host,
        ["boot"] = runner.Boot,
        ["pid"] = runner.Process.Id,
        ["start_time"] = runner.Process.StartTime,
    };

    /// <summary>A process that may be missing.</summary>
    public static ProcessIdentity? OptionalProcess(JsonObject record, string key) =>
        record[key] is JsonObject process
            ? new ProcessIdentity(checked((int)Integer(process, "pid")), Integer(process, "start_time"))
            : null;

    /// <summary>A process as it is written.</summary>
    public static JsonObject? Process(ProcessIdentity? process) =>
        process is { } known ? new JsonObject { ["pid"] = known.Id, ["start_time"] = known.StartTime } : null;
}
