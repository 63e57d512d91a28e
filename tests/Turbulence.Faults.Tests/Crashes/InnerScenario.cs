using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// A .NET process that is entered: nothing may be left beside it, and no thread of ours within. While a point is played it is that point's
/// alone; one that is as it was goes on to the next, so that each is entered some hundred times as well.
/// </summary>
internal sealed class InnerScenario(string kind, JsonObject arguments) : Scenario(kind)
{
    private static readonly ConcurrentBag<InnerProcess> Free = [];

    private InnerProcess? process;

    /// <summary>It may let go of what is in by itself, which takes its lease.</summary>
    public override string? Residue()
    {
        SpinWait.SpinUntil(() => process!.Residue() is null, TimeSpan.FromSeconds(30));
        return process!.Residue();
    }

    public override async ValueTask DisposeAsync()
    {
        if (process?.Residue() is null)
        {
            Free.Add(process!);
        }

        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync() => process = Free.TryTake(out var free) ? free : await InnerProcess.UntilTheEndAsync();

    protected override JsonObject Arguments()
    {
        var all = (JsonObject)arguments.DeepClone();
        all["pid"] = process!.Id;
        return all;
    }
}
