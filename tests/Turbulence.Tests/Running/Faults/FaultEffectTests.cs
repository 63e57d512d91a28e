using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;

namespace Turbulence.Tests.Running.Faults;

/// <summary>
/// A fault is read back at every check while it should be in: lost early proves nothing, and over before anybody looked shows recovery
/// alone.
/// </summary>
public sealed class FaultEffectTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedKeeper keeper = new();

    [Theory]
    [InlineData(HypothesisStrategy.Default)]
    [InlineData(HypothesisStrategy.Continuously)]
    [InlineData(HypothesisStrategy.Skip)]
    public async Task A_fault_that_lost_its_effect_in_mid_run_is_inconclusive(HypothesisStrategy strategy)
    {
        var looks = 0;
        keeper.OnLook = scene =>
        {
            looks++;
            scene.Lose("k3f9", "process 4711 runs again");
        };
        var (run, outcome) = await RunAsync(strategy: strategy);
        Assert.Equal((Verdict.Inconclusive, 3), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(
            "fault k3f9 (process.kill, 'kill') was not in effect to its end: process 4711 runs again; what the run saw after that does not come from it",
            Assert.Single(outcome.Reasons));
        Assert.InRange(looks, 1, int.MaxValue);
        Assert.Equal("process 4711 runs again", Assert.Single(outcome.Faults).Lost);
        Assert.Single(run.Events.OfType<FaultChanged>(), changed => changed.Fault is { Lost: not null, State: FaultState.Active });
    }

    [Fact]
    public async Task A_fault_that_has_hit_nothing_by_the_last_look_is_inconclusive()
    {
        keeper.OnLook = scene => scene.Report(
            ScriptedKeeper.Fault(FaultState.Active) with { Effect = new Evidence(keeper.Looks is not [.., true], "nothing was hit") });
        keeper.OnTakeBack = scene => scene.Report(
            ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true) with { Effect = new Evidence(false, "nothing was hit") });
        var (_, outcome) = await RunAsync();
        Assert.Equal((Verdict.Inconclusive, 3), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(
            "fault k3f9 (process.kill, 'kill') had no effect: nothing was hit; what the run saw does not come from it",
            Assert.Single(outcome.Reasons));

        // In front of the rollbacks, and nowhere else.
        Assert.Equal([.. Enumerable.Repeat(false, keeper.Looks.Count - 1), true], keeper.Looks);
    }

    [Fact]
    public async Task A_fault_that_somebody_else_took_back_is_inconclusive()
    {
        keeper.OnLook = scene => scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true) with { RevertedBy = "a person" });
        var (_, outcome) = await RunAsync();
        Assert.Equal((Verdict.Inconclusive, 3), (outcome.Verdict, outcome.ExitCode));
        Assert.Contains("it was taken back by a person", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_is_taken_back_by_its_run_has_lost_nothing()
    {
        keeper.OnTakeBack = scene =>
        {
            scene.Report(ScriptedKeeper.Fault(FaultState.Reverting));
            scene.Lose("k3f9", "process 4711 runs again");
            scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
        };
        Assert.Equal(Verdict.Passed, (await RunAsync()).Outcome.Verdict);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_fault_that_was_over_before_anybody_looked_shows_recovery_and_not_tolerance(bool probed, bool isTold)
    {
        var (_, outcome) = await RunAsync(duration: 1, probed: probed);
        Assert.Equal((Verdict.Passed, 0), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(isTold
            ? 1
            : 0, outcome.Reasons.Count(reason => reason.EndsWith("this run shows recovery, not tolerance", StringComparison.Ordinal)));
        Assert.Equal(isTold, Assert.Single(outcome.Faults).WasOverUnseen);
    }

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("a probe before it", false)]
    [InlineData("its own tolerance", false)]
    [InlineData("nothing, and it is over by its duration", false)]
    [InlineData("a steady state that is checked before it alone", false)]
    [InlineData("a probe", true)]
    [InlineData("a probe among the rollbacks", true)]
    [InlineData("an action with a tolerance", true)]
    [InlineData("a steady state", true)]
    public async Task A_fault_that_nothing_looked_at_while_it_was_in_or_later_is_inconclusive(string look, bool isPass)
    {
        var run = Unlooked(look);
        var outcome = await run.RunAsync();
        Assert.Equal(isPass ? (Verdict.Passed, 0) : (Verdict.Inconclusive, 3), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(
            isPass
                ? []
                : ["no check, probe, load or tolerance looked while fault k3f9 (process.kill, 'kill') was in, and none after it: this run shows neither tolerance nor recovery"],
            outcome.Reasons);
    }

    [Fact]
    public async Task The_reference_asks_nobody_to_look()
    {
        var outcome = await Unlooked("nothing", Compatibility.ChaosToolkit).RunAsync();
        Assert.Equal((Verdict.Passed, 0), (outcome.Verdict, outcome.ExitCode));
        Assert.Empty(outcome.Reasons);
    }

    [Fact]
    public async Task The_reference_looks_at_nothing()
    {
        keeper.OnLook = _ => Assert.Fail("it looked");
        Assert.Equal(0, (await RunAsync(compatibility: Compatibility.ChaosToolkit)).Outcome.ExitCode);
    }

    private TestRun Unlooked(string look, Compatibility compatibility = Compatibility.None)
    {
        var isOver = look.EndsWith("duration", StringComparison.Ordinal);
        var strategy = look.EndsWith("alone", StringComparison.Ordinal) ? HypothesisStrategy.BeforeMethodOnly : HypothesisStrategy.Default;
        var itself = look == "its own tolerance";
        var run = new TestRun
        {
            Time = time,
            Faults = keeper,
            Options = new RunOptions { Compatibility = compatibility, Hypothesis = strategy },
            Provider = new ScriptedProvider { Type = itself ? "fault" : "scripted" },
        };
        JsonObject held = new() { ["tolerance"] = true };
        _ = look.StartsWith("a steady state", StringComparison.Ordinal)
            ? run.Probe("p")
            : look == "a probe before it" ? run.MethodProbe("p") : run;
        run.Action(
            "kill", itself ? new() { ["tolerance"] = true, ["provider"] = new JsonObject { ["type"] = "fault", ["key"] = "kill" } } : null);
        _ = look switch
        {
            "a probe" => run.MethodProbe("p"),
            "a probe among the rollbacks" => run.Rollback("p", new() { ["type"] = "probe" }),
            "an action with a tolerance" => run.Action("p", held),
            _ => run,
        };
        var fault = ScriptedKeeper.Fault(FaultState.Active) with { Due = isOver ? time.GetUtcNow() : null };
        run.Provider.Returns("p", true).On("kill", _ =>
        {
            keeper.Scene!.Report(fault);
            if (isOver)
            {
                keeper.Scene!.Report(fault with { State = FaultState.Reverting });
            }

            return ValueTask.FromResult(ActivityResult.Succeeded(true));
        });
        keeper.OnTakeBack = scene => scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
        return run;
    }

    private async Task<(TestRun Run, RunOutcome Outcome)> RunAsync(
        HypothesisStrategy strategy = HypothesisStrategy.Default,
        double? duration = null,
        bool probed = false,
        Compatibility compatibility = Compatibility.None)
    {
        var run = new TestRun
        {
            Time = time,
            Faults = keeper,
            Options = new RunOptions { Hypothesis = strategy, Compatibility = compatibility },
        }.Probe("p").Action("kill");
        if (probed)
        {
            run.MethodProbe("look");
        }

        var fault = ScriptedKeeper.Fault(FaultState.Active) with
        {
            Due = duration is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null,
        };
        run.Action("later").Provider.On("kill", _ =>
        {
            keeper.Scene!.Report(fault);
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        }).On("later", _ =>
        {
            if (duration is { } over)
            {
                time.Advance(TimeSpan.FromSeconds(over));
                keeper.Scene!.Report(fault with { State = FaultState.Reverting });
                keeper.Scene!.Report(fault with { State = FaultState.Confirmed });
            }

            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        keeper.OnTakeBack ??= scene =>
        {
            if (duration is null)
            {
                scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
            }
        };
        return (run, await run.RunAsync());
    }
}
