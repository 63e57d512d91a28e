using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;

namespace FaultRunner;

/// <summary>What a fault costs until its undo is on the disk: resolving its targets, and writing the record durably.</summary>
internal sealed class Measure(Ledger ledger)
{
    private const int Warmup = 20;

    /// <summary>Prints the minimum, the median and the maximum of each part, in milliseconds.</summary>
    public async Task<int> RunAsync(IFaultKind kind, JsonObject arguments, int rounds)
    {
        List<double> plans = [];
        List<double> records = [];
        if (ledger.Prepare() is { } problem)
        {
            Console.WriteLine(problem);
            return 1;
        }

        for (var round = -Warmup; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var request = new FaultRequest(Ledger.NewId(new Random(round)), arguments, Environment.CurrentDirectory);
            var planning = await FaultPlanner.PlanAsync(new FaultOrder("measure", kind, request), CancellationToken.None);
            if (planning.Plan is not { } plan)
            {
                Console.WriteLine(planning.Problem);
                return 1;
            }

            var planned = Stopwatch.GetElapsedTime(began);
            var record = new FaultRecord(
                request.Id, "measure", kind.Description.Name, "measure", RunnerIdentity.Of(default), TimeProvider.System.GetUtcNow(),
                plan.Targets, plan.Undo, plan.UndoText);
            if (await ledger.ReserveAsync(record, TimeProvider.System, CancellationToken.None) is { } refused)
            {
                Console.WriteLine(refused);
                return 1;
            }

            var written = Stopwatch.GetElapsedTime(began) - planned;
            ledger.Remove(record.Id);
            if (round >= 0)
            {
                plans.Add(planned.TotalMilliseconds);
                records.Add(written.TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Text(plans)} | {Text(records)}"));
        return 0;
    }

    private static string Text(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[0]:0.00} | {times[times.Count / 2]:0.00} | {times[^1]:0.00}");
    }
}
