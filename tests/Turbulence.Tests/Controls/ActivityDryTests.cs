using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Controls;

/// <summary>Section 7.8 and C7: the <c>dry</c> key of an activity.</summary>
public sealed class ActivityDryTests
{
    /// <summary>
    /// The run's mode, the key's value, then whether the action is carried out in compatibility mode and in the default mode.
    /// </summary>
    public static TheoryData<DryMode, string?, bool, bool> Rows { get; } = new()
    {
        { DryMode.None, null, true, true },
        { DryMode.None, "true", true, false },
        { DryMode.None, "false", true, true },
        { DryMode.None, "\"actions\"", true, false },
        { DryMode.None, "\"activities\"", true, false },
        { DryMode.None, "\"probes\"", true, true },
        { DryMode.None, "\"pause\"", true, true },
        { DryMode.None, "\"nonsense\"", true, true },
        { DryMode.Activities, null, false, false },
        { DryMode.Activities, "true", true, false },
        { DryMode.Activities, "false", true, true },
        { DryMode.Activities, "null", true, false },
        { DryMode.Activities, "\"actions\"", true, false },
        { DryMode.Actions, "\"probes\"", true, true },
        { DryMode.Actions, "7", true, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task As_the_reference_and_as_we_do(DryMode mode, string? dry, bool reference, bool ours)
    {
        Assert.Equal(reference, await PlaysAsync(mode, dry, Compatibility.ChaosToolkit));
        Assert.Equal(ours, await PlaysAsync(mode, dry, Compatibility.None));
    }

    private static async Task<bool> PlaysAsync(DryMode mode, string? dry, Compatibility compatibility)
    {
        var run = new TestRun { Options = new RunOptions { Dry = mode, Compatibility = compatibility } }
            .Action("a", dry is null ? [] : new JsonObject { ["dry"] = JsonNode.Parse(dry) });
        await run.RunAsync();
        var played = run.Provider.Calls.Contains("a");
        Assert.Equal(!played, run.Run("a").Dry);
        return played;
    }
}
