using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.PacketFilters;

/// <summary>
/// The kinds that let Linux's packet filter take packets away: all of a fault is one table that is named for it, and each of its rules
/// counts what it hit. Taking it back is removing the table.
/// <code>
///   plan ─▶ nft "add table …; add chain …; add rule …"  (one transaction) ─▶ its counters are the evidence ─▶ nft "delete table …" ─▶ no such table
/// </code>
/// </summary>
internal abstract partial class PacketFilterKind : IFaultKind
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly bool isRejected;

    protected PacketFilterKind(string name, string summary, bool isRejected)
    {
        this.isRejected = isRejected;
        Description = new FaultKindDescription(name, summary, PacketSelection.Arguments)
        {
            Groups = [PacketSelection.Group],
            Needs = [PacketFilterNeed.Need],
        };
    }

    /// <inheritdoc/>
    public FaultKindDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        if (PacketSelection.Read(arguments, request) is not { } match)
        {
            return FaultPlanning.Refused(arguments.Problem ?? $"{Description.Name} cannot be planned");
        }

        var table = Table(request.Id);
        var commands = match.Commands(table, isRejected).ToArray();
        if (await PacketFilterNeed.ProblemAsync(Description.Name, commands, cancellationToken) is { } problem)
        {
            return FaultPlanning.Refused(problem);
        }

        var undo = new JsonObject
        {
            ["namespace"] = NetworkNamespace.Own.Name,
            ["commands"] = new JsonArray([.. commands.Select(command => (JsonNode?)command)]),
        };
        var group = match.Group is { } found ? string.Create(CultureInfo.InvariantCulture, $" ({found.Processes} processes now)") : "";
        return FaultPlanning.Of(new FaultPlan([new FaultTarget(match.Key, match.Text)], undo, $"nft delete table inet {table}")
        {
            Text = $"{match.Text}{group} are {(isRejected ? "rejected" : "dropped")}",
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var commands = UndoJson.Read<string[]>(
            () => [.. record.Undo["commands"]!.AsArray().Select(command => command!.GetValue<string>())]);
        return new StepResult((await NftProgram.CallAsync(commands, record, tools.Time, cancellationToken)).Problem);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        if (!IsHere(record))
        {
            return new Evidence(false, Elsewhere(record, Namespace(record).Entrance()));
        }

        var table = Table(record.Id);
        var answer = await NftProgram.CallAsync($"list table inet {table}", tools.Time, cancellationToken);
        if (answer.Problem is { } problem)
        {
            return new Evidence(false, $"the table {table} cannot be seen in the packet filter: {problem}");
        }

        var packets = Packets(answer.Text);
        var done = isRejected ? "rejected" : "dropped";
        return new Evidence(
            true, string.Create(CultureInfo.InvariantCulture, $"the packet filter has {done} {packets} packets by its table {table}"))
        {
            Hits = packets,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        if (!IsHere(record))
        {
            return Namespace(record).Entrance() is { } entrance ? StepResult.Failed(Elsewhere(record, entrance)) : StepResult.Done;
        }

        // One that was called just before its runner died could still add the table.
        if (!await EndCallsAsync(record, tools, cancellationToken))
        {
            return StepResult.Failed(
                $"the nft that adds its table does not end: {string.Join(", ", FaultMark.Processes(record.Id).Select(process => process.Id))}");
        }

        var (isThere, problem) = await LookAsync(record, tools, cancellationToken);
        return problem is not null ? StepResult.Failed(problem)
            : isThere ? new StepResult(
                (await NftProgram.CallAsync($"delete table inet {Table(record.Id)}", tools.Time, cancellationToken)).Problem)
            : StepResult.Done;
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        if (!IsHere(record))
        {
            return Namespace(record).Entrance() is { } entrance ? new Evidence(false, Elsewhere(record, entrance))
                : new Evidence(true, $"the network namespace {Namespace(record).Name} is gone, its packet filter with it");
        }

        var (isThere, problem) = await LookAsync(record, tools, cancellationToken);
        return problem is not null ? new Evidence(false, problem)
            : isThere ? new Evidence(false, $"the packet filter still has the table {Table(record.Id)}")
            : FaultMark.Processes(record.Id) is [var call, ..]
                ? new Evidence(false, $"process {call.Id} ({call.Name}), which adds its table, still runs")
            : new Evidence(true, $"the packet filter has no table {Table(record.Id)}");
    }

    private static string Table(string fault) => $"turbulence_{fault}";

    private static NetworkNamespace Namespace(FaultRecord record) => new(UndoJson.Read(() => record.Undo["namespace"]!.GetValue<string>()));

    // Another network has another packet filter, where no table of ours means nothing.
    private static bool IsHere(FaultRecord record) => Namespace(record) == NetworkNamespace.Own;

    private static string Elsewhere(FaultRecord record, string? entrance) =>
        $"it is in the packet filter of the network namespace {Namespace(record).Name}, and this is {NetworkNamespace.Own.Name}; "
        + $"do it by hand: nsenter --net={entrance ?? "FILE"} nft delete table inet {Table(record.Id)}";

    private static async Task<(bool IsThere, string? Problem)> LookAsync(
        FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var answer = await NftProgram.CallAsync("list tables inet", tools.Time, cancellationToken);
        return (answer.Text.Split('\n').Contains($"table inet {Table(record.Id)}"), answer.Problem);
    }

    private static async Task<bool> EndCallsAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var call in FaultMark.Processes(record.Id))
        {
            if (ProcessHandle.TryOpen(call.Identity, out var handle, out _))
            {
                using (handle)
                {
                    handle.Signal(PosixSignalNumber.Kill);
                }
            }
        }

        return await Until.TrueAsync(EndPatience, tools.Time, cancellationToken, () => FaultMark.Processes(record.Id).Count == 0);
    }

    private static long Packets(string table) =>
        CountedPackets().Matches(table).Sum(count => long.Parse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bcounter packets (\d+) bytes \d+", RegexOptions.CultureInvariant)]
    private static partial Regex CountedPackets();
}
