using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>Section 7.2: when the steady state is checked, for every strategy, in both modes.</summary>
public sealed class StrategyMatrixTests
{
    public static TheoryData<HypothesisStrategy, Compatibility, string> Checks { get; } = Both(
        (HypothesisStrategy.Default, "Gate After"),
        (HypothesisStrategy.BeforeMethodOnly, "Gate"),
        (HypothesisStrategy.AfterMethodOnly, "After"),
        (HypothesisStrategy.DuringMethodOnly, "During"),
        (HypothesisStrategy.Continuously, "Gate During After"),
        (HypothesisStrategy.Skip, ""));

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_strategy_checks_the_steady_state_where_section_7_2_says(
        HypothesisStrategy strategy, Compatibility compatibility, string phases)
    {
        var run = new TestRun { Options = new RunOptions { Hypothesis = strategy, Compatibility = compatibility } }.Probe("p").Action("a");
        var checkedOnce = new TaskCompletionSource();
        run.OnEvent = happened =>
        {
            if (happened is HypothesisEnded { Run.Phase: RunPhase.During })
            {
                checkedOnce.TrySetResult();
            }
        };
        run.Provider.On("a", async token =>
        {
            if (phases.Contains("During", StringComparison.Ordinal))
            {
                await checkedOnce.Task.WaitAsync(token);
            }

            return ActivityResult.Succeeded(null);
        });
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        var seen = run.Events.OfType<HypothesisEnded>().Select(ended => ended.Run.Phase).Distinct().Order();
        Assert.Equal(phases, string.Join(' ', seen));
        Assert.Equal(strategy == HypothesisStrategy.Skip, run.Events.OfType<HypothesisSkipped>().Any());
    }

    [Fact]
    public async Task A_strategy_without_a_hypothesis_only_explores()
    {
        var run = new TestRun().Action("a");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.False(run.Events.OfType<HypothesisSkipped>().Single().Requested);
    }

    [Theory]
    [InlineData(Compatibility.None, false)]
    [InlineData(Compatibility.ChaosToolkit, true)]
    public async Task Every_probe_is_evaluated_but_for_the_reference_which_stops_at_the_first_miss(Compatibility compatibility, bool stops)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Probe("p").Probe("q").Action("a");
        run.Provider.Returns("p", false);
        await run.RunAsync();
        Assert.Equal(stops ? ["p"] : ["p", "q"], run.Provider.Calls);
    }

    private static TheoryData<HypothesisStrategy, Compatibility, string> Both(params (HypothesisStrategy Strategy, string Phases)[] rows)
    {
        var data = new TheoryData<HypothesisStrategy, Compatibility, string>();
        foreach (var (strategy, phases) in rows)
        {
            data.Add(strategy, Compatibility.None, phases);
            data.Add(strategy, Compatibility.ChaosToolkit, phases);
        }

        return data;
    }
}
