using System.Text;
using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Which requests the faults of a run have hit, out of the receipts that its proxies leave beside the journal. All are counted, and of each
/// fault the first are kept.
/// </summary>
internal sealed class FaultReceipts
{
    /// <summary>The file in the folder beside the journal.</summary>
    public const string FileName = "proxy-receipts.jsonl";

    /// <summary>How many of a fault are kept.</summary>
    public const int MostOfOne = 20;

    // Both clocks are this machine's, but the proxy's is read a little later or earlier.
    private const double Slack = 1;

    private readonly ReportedRun run;
    private readonly Dictionary<string, List<ReportedFault>> byActivity;
    private readonly Dictionary<string, (long Count, List<FaultReceipt> First)> byFault = new(StringComparer.Ordinal);

    private FaultReceipts(ReportedRun run)
    {
        this.run = run;
        byActivity = run.Faults.GroupBy(static fault => fault.Activity, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
    }

    /// <summary>Each fault that has receipts, with how many there are, and the first of them.</summary>
    public IEnumerable<(ReportedFault Fault, long Count, IReadOnlyList<FaultReceipt> First)> All => run.Faults
        .Where(fault => byFault.ContainsKey(fault.Id))
        .Select(fault => (fault, byFault[fault.Id].Count, (IReadOnlyList<FaultReceipt>)byFault[fault.Id].First));

    /// <summary>Whether the journal speaks of receipts that are not beside it.</summary>
    public bool AreMissing { get; private init; }

    /// <summary>Reads those of a run.</summary>
    public static FaultReceipts Read(ReportedRun run)
    {
        var isExpected = run.Faults.Any(static fault => fault.Effect?.Text.Contains(FileName, StringComparison.Ordinal) == true);
        var receipts = new FaultReceipts(run);
        return run.Faults.Count > 0 && SideFileLines.TryRead(run.File, FileName, receipts.Take)
            ? receipts
            : new FaultReceipts(run) { AreMissing = isExpected };
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(line));
            var fields = document.RootElement;

            // A toxic is called by the activity that asked for it. The first line is the seed's.
            if (fields.ValueKind == JsonValueKind.Object && Text(fields, "toxic") is { } toxic
                && byActivity.TryGetValue(toxic, out var faults))
            {
                Add(fields, faults);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // What a killed proxy has written half, or half a surrogate pair, which no proxy of ours writes.
        }
    }

    private void Add(JsonElement fields, List<ReportedFault> faults)
    {
        JsonElement? seen = fields.TryGetProperty("seen", out var some) && some.ValueKind == JsonValueKind.Object ? some : null;
        double? at = seen is { } there && there.TryGetProperty("at", out var time) && time.ValueKind == JsonValueKind.String
            && time.TryGetDateTimeOffset(out var moment) && run.Started is { } begin
            ? (moment - begin).TotalSeconds
            : null;
        var fault = faults.FindLast(one => one.Times.Injecting - Slack <= at) ?? faults[0];
        var (count, first) = byFault.GetValueOrDefault(fault.Id, (0, []));
        if (first.Count < MostOfOne)
        {
            first.Add(new FaultReceipt(
                Text(fields, "proxy") ?? "",
                What(fields),
                at,
                Number(fields, "connection") ?? Number(fields, "flow") ?? (seen is { } his ? Number(his, "connection") : null),
                seen is { } its ? Text(its, "traceparent") : null));
        }

        byFault[fault.Id] = (count + 1, first);
    }

    private static string What(JsonElement fields) =>
        Text(fields, "method") is { } method ? $"{method} {Text(fields, "path")}"
        : Number(fields, "datagram") is { } number ? $"datagram {number} {Text(fields, "stream")}"
        : "connection";

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
