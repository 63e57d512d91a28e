using System.Text.Json.Nodes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// A .NET process that is entered: nothing may be left beside it, and no thread of ours within. It is one for all points, so that it is
/// entered some thousand times as well.
/// </summary>
internal sealed class InnerScenario(string kind, JsonObject arguments) : Scenario(kind)
{
    private InnerProcess? process;

    /// <summary>It may let go of what is in by itself, which takes its lease.</summary>
    public override string? Residue()
    {
        SpinWait.SpinUntil(() => process!.Residue() is null, TimeSpan.FromSeconds(30));
        return process!.Residue();
    }

    protected override async Task PrepareAsync() => process = await InnerProcess.SharedAsync();

    protected override JsonObject Arguments()
    {
        var all = (JsonObject)arguments.DeepClone();
        all["pid"] = process!.Id;
        return all;
    }
}
