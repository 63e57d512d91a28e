using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Controls;

/// <summary>A control that cannot be loaded guards nothing: by default nothing is run without it.</summary>
public sealed class UnloadedControlTests
{
    [Theory]
    [InlineData("global")]
    [InlineData("own")]
    public async Task A_control_that_cannot_be_configured_fails_the_run_before_anything_is_run(string whose)
    {
        var run = Run(whose);
        run.Controls.Setup("configure", "c", _ => ControlResult.Failed("No module named 'gate'"));
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Failed, 2), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal("the control 'c' could not be loaded: No module named 'gate'; nothing was run", Assert.Single(outcome.Reasons));
        Assert.Empty(run.Provider.Calls);
    }

    [Theory]
    [InlineData("global")]
    [InlineData("own")]
    public async Task A_control_without_a_provider_fails_the_run(string whose)
    {
        var run = Run(whose, new ControlProviders());
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("there is no provider for its type 'scripted'", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Empty(run.Provider.Calls);
    }

    [Fact]
    public async Task A_reference_to_a_control_that_nobody_declares_fails_the_run()
    {
        var run = new TestRun().Action("a", new JsonObject { ["controls"] = new JsonArray(new JsonObject { ["ref"] = "gate" }) });
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(
            "the control 'gate' that a ref names is declared nowhere", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Empty(run.Provider.Calls);
    }

    [Theory]
    [InlineData("global")]
    [InlineData("own")]
    public async Task The_reference_goes_on_without_it(string whose)
    {
        var run = Run(whose, options: new RunOptions { Compatibility = Compatibility.ChaosToolkit });
        run.Controls.Setup("configure", "c", _ => ControlResult.Failed("no"));
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["a"], run.Provider.Calls);
    }

    private static TestRun Run(string whose, ControlProviders? providers = null, RunOptions? options = null)
    {
        var run = new TestRun { ControlProviders = providers, Options = options ?? new RunOptions() }.Action("a");
        return whose == "global" ? run.Globally("c") : run.Controlled("c");
    }
}
