using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>What <c>file.corrupt</c> writes down while it injects, and what stands for it where its runner died before it could.</summary>
internal static class CorruptUndo
{
    /// <summary>A file of more pieces than this is refused: each stands in the record.</summary>
    public const int MostPieces = 10_000;

    /// <summary>
    /// The way in which the places of a fault that is planned now are chosen. A record that names none is of before there was another.
    /// </summary>
    public const int PlacesInSectors = 2;

    /// <summary>How many bytes are changed.</summary>
    public static long CountOf(long length, long? bytes, double share) => Math.Clamp(bytes ?? (long)(length * share), 1, length);

    /// <summary>The undo with what only the original could tell.</summary>
    public static JsonObject With(FaultRecord record, FileStatus before, SafeFileHandle copy, StepPace pace)
    {
        var undo = record.Undo.DeepClone().AsObject();
        var data = PlainFile.Data(copy);
        undo["length"] = RandomAccess.GetLength(copy);
        undo["data"] = new JsonArray(
            [.. data.Select(JsonNode (range) => new JsonArray(JsonValue.Create(range.Start), JsonValue.Create(range.End)))]);
        undo["accessed"] = Write(before.Accessed);
        undo["modified"] = Write(before.Modified);
        undo["sha256"] = KeptFile.Hash(copy, pace);
        undo["places_sha256"] = Of(record, data).Hash(copy, pace);
        return undo;
    }

    /// <summary>
    /// The corruption, from the record; where that was not written any more, from the holes of the original that is kept.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="copy">The original; null where it is not kept any more, and then the record has all.</param>
    public static Corruption Of(FaultRecord record, SafeFileHandle? copy) => Of(
        record,
        record.Undo["data"] is { } data
            ? UndoJson.Read<FileRange[]>(() => [.. data.AsArray().Select(range => new FileRange((long)range![0]!, (long)range[1]!))])
        : copy is not null ? PlainFile.Data(copy)
        : [new FileRange(0, UndoJson.Read(() => (long)record.Undo["length"]!))]);

    /// <summary>The file's times before the fault: from the record, else as the original that is kept has them.</summary>
    public static (FileMoment Accessed, FileMoment Modified) Times(FaultRecord record, FileStatus copy) =>
        record.Undo["accessed"] is { } accessed
            ? UndoJson.Read(() => (Read(accessed), Read(record.Undo["modified"]!)))
            : (copy.Accessed, copy.Modified);

    private static Corruption Of(FaultRecord record, IReadOnlyList<FileRange> data)
    {
        var count = UndoJson.Read(
            () => CountOf(data.Sum(range => range.Length), (long?)record.Undo["bytes"], (double)record.Undo["share"]!));
        return new Corruption(UndoJson.Read(() => (int?)record.Undo["places"]) switch
        {
            null => new ScatteredPlaces(record.Id, data, count),
            PlacesInSectors => new SectorPlaces(record.Id, data, count),
            var other => throw new UnreadableUndoException($"this program does not know the places '{other}'"),
        });
    }

    private static JsonArray Write(FileMoment moment) => new(JsonValue.Create(moment.Seconds), JsonValue.Create(moment.Nanoseconds));

    private static FileMoment Read(JsonNode json) => new((long)json[0]!, (uint)json[1]!);
}
