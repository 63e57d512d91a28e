using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Ledgers;

/// <summary>A run's file.</summary>
internal static class RunRecordJson
{
    /// <summary>The file's text.</summary>
    public static byte[] Write(RunRecord record) => RecordJson.Text(new JsonObject
    {
        ["schema"] = RecordJson.Schema,
        ["id"] = record.Id,
        ["title"] = record.Title,
        ["started"] = RecordJson.Time(record.Started),
        ["runner"] = RecordJson.Runner(record.Runner),
        ["guardian"] = RecordJson.Process(record.Guardian),
        ["journal"] = record.Journal,
        ["mark"] = record.Mark,
        ["spared"] = new JsonArray([.. record.Spared.Select(port => JsonValue.Create(port))]),
    });

    /// <summary>Reads the file's text.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> text, [NotNullWhen(true)] out RunRecord? record, [NotNullWhen(false)] out string? problem) =>
        RecordJson.TryRead(text, Read, out record, out problem);

    private static RunRecord Read(JsonObject record) => new(
        RecordJson.Text(record, "id"),
        RecordJson.Text(record, "title"),
        RecordJson.Runner(record, "runner", RecordJson.OptionalText(record, "boot")),
        RecordJson.OptionalTime(record, "started") ?? throw new FormatException("'started' is missing"))
    {
        Journal = RecordJson.OptionalText(record, "journal"),
        Mark = RecordJson.OptionalText(record, "mark"),
        Spared = record["spared"] is JsonArray { Count: > 0 } ports ? [.. ports.Select(port => port!.GetValue<int>())] : [],
        Guardian = RecordJson.OptionalProcess(record, "guardian"),
    };
}
