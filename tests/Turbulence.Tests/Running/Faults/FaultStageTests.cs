using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Running.Faults;
using Turbulence.Values;

namespace Turbulence.Tests.Running.Faults;

/// <summary>The runner's side of faults: they are taken back on every way out, and what was seen of them decides the verdict.</summary>
public sealed class FaultStageTests
{
    public static TheoryData<string, RollbackStrategy> WaysOut { get; } = new MatrixTheoryData<string, RollbackStrategy>(
        ["well", "gate", "failed", "crashed", "once", "thrice", "keep-faults", "observer", "rollback"], Enum.GetValues<RollbackStrategy>());

    [Theory]
    [MemberData(nameof(WaysOut))]
    public async Task Faults_are_taken_back_once_on_every_way_out_and_after_the_rollbacks(string way, RollbackStrategy strategy)
    {
        var keeper = new ScriptedKeeper();
        var run = new TestRun { Faults = keeper, Options = new RunOptions { Rollbacks = strategy } }
            .Probe("p")
            .Action("kill")
            .Rollback("r");
        keeper.OnTakeBack = _ => run.Provider.On("r", _ => throw new InvalidOperationException("too late"));
        Interrupt(run, way);
        _ = way switch
        {
            "gate" => run.Provider.Returns("p", false),
            "failed" => run.Provider.On("kill", ActivityResult.Failed("refused")),
            "crashed" => run.Provider.On("kill", _ => throw new InvalidOperationException("boom")),
            "rollback" => run.Provider.On("r", ActivityResult.Failed("refused")),
            _ => run.Provider,
        };
        if (way == "observer")
        {
            run.OnEvent = _ => throw new IOException("disk full");
        }

        var outcome = await run.RunAsync();

        Assert.Equal(1, keeper.TakenBack);
        Assert.DoesNotContain(outcome.Reasons, reason => reason.Contains("too late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_was_confirmed_as_taken_back_passes_and_is_told()
    {
        var (run, outcome) = await RunAsync(keeper => keeper.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true)));
        Assert.Equal((Verdict.Passed, 0), (outcome.Verdict, outcome.ExitCode));
        Assert.Empty(outcome.Reasons);
        Assert.Equal("port 8002 answers again", Assert.Single(outcome.Faults).Confirmation!.Text);
        Assert.Equal([FaultState.Active, FaultState.Confirmed], run.Events.OfType<FaultChanged>().Select(changed => changed.Fault.State));
    }

    [Fact]
    public async Task A_step_that_is_reported_twice_is_told_once()
    {
        var (run, _) = await RunAsync(keeper =>
        {
            keeper.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
            keeper.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
        });
        Assert.Equal([FaultState.Active, FaultState.Confirmed], run.Events.OfType<FaultChanged>().Select(changed => changed.Fault.State));
    }

    [Fact]
    public async Task A_fault_that_could_not_be_taken_back_needs_a_person_and_says_what_to_do()
    {
        var (_, outcome) = await RunAsync(
            keeper => keeper.Report(ScriptedKeeper.Fault(FaultState.Reverting, problem: "rand-server is not there any more")));
        Assert.Equal((Verdict.Passed, 5), (outcome.Verdict, outcome.ExitCode));
        var reason = Assert.Single(outcome.Reasons);
        Assert.Contains("rand-server is not there any more", reason, StringComparison.Ordinal);
        Assert.Contains("chaos faults revert k3f9", reason, StringComparison.Ordinal);
        Assert.Contains("by hand: start 'rand-server 8002 primary' again", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_was_taken_back_without_confirmation_needs_a_person()
    {
        var (_, outcome) = await RunAsync(keeper => keeper.Report(ScriptedKeeper.Fault(FaultState.Reverted, confirmed: false)));
        Assert.Equal(5, outcome.ExitCode);
        Assert.Contains("could not be confirmed: port 8002 refuses", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compatibility.None, 5)]
    [InlineData(Compatibility.ChaosToolkit, 1)]
    public async Task A_keeper_that_breaks_off_leaves_its_faults_to_a_person_in_both_modes(Compatibility compatibility, int exitCode)
    {
        var (_, outcome) = await RunAsync(_ => throw new IOException("the disk is gone"), compatibility: compatibility);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(outcome.Reasons, reason => reason.Contains("the disk is gone", StringComparison.Ordinal));
        Assert.Contains(outcome.Reasons, reason => reason.Contains("chaos faults revert k3f9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_without_effect_is_inconclusive_and_its_failure_words_are_kept()
    {
        var run = new TestRun().Probe("p").Action("kill");
        run.Provider.On("kill", ActivityResult.WithoutEffect("process 4711 still answers", new JsonObject { ["fault"] = "k3f9" }));
        var outcome = await run.RunAsync();
        Assert.Equal(
            (Verdict.Inconclusive, 3, RunStatus.Failed, false), (outcome.Verdict, outcome.ExitCode, outcome.Status, outcome.Deviated));
        Assert.Contains("'kill' had no effect: process 4711 still answers", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Equal("k3f9", run.Run("kill").Output!["fault"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deviation_beside_a_fault_without_effect_is_told_but_is_not_the_verdict()
    {
        var run = new TestRun().Probe("p").Action("kill");
        run.Provider.On("kill", ActivityResult.WithoutEffect("nothing changed")).Returns("p", true, false);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Inconclusive, 3, true), (outcome.Verdict, outcome.ExitCode, outcome.Deviated));
        Assert.Equal(2, outcome.Reasons.Count);
    }

    [Fact]
    public async Task An_action_that_failed_wins_over_a_fault_without_effect()
    {
        var run = new TestRun().Action("kill").Action("other");
        run.Provider.On("kill", ActivityResult.WithoutEffect("nothing changed")).On("other", ActivityResult.Failed("refused"));
        Assert.Equal(Verdict.Failed, (await run.RunAsync()).Verdict);
    }

    [Fact]
    public async Task The_steady_state_is_checked_once_more_when_a_fault_was_taken_back_after_the_last_check()
    {
        var (run, outcome) = await RunAsync(
            keeper => keeper.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true)), probes: [true, true, false]);
        Assert.Equal(Verdict.Deviated, outcome.Verdict);
        Assert.Equal(["p", "kill", "p", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task A_fault_whose_time_was_over_before_the_last_check_asks_for_no_other()
    {
        var keeper = new ScriptedKeeper();
        var run = new TestRun { Faults = keeper }.Probe("p").Action("kill");
        run.Provider.On("kill", _ =>
        {
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Active));
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["p", "kill", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task A_keeper_that_refuses_keeps_everything_from_being_touched()
    {
        var keeper = new ScriptedKeeper { Refusal = "the ledger cannot be written" };
        var run = new TestRun { Faults = keeper }.Probe("p").Action("kill").Rollback("r");
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("the ledger cannot be written", Assert.Single(outcome.Reasons));
        Assert.Empty(run.Provider.Calls);
        Assert.Equal(1, keeper.TakenBack);
    }

    [Fact]
    public async Task A_keeper_can_stop_the_run_and_does_not_insist_as_a_person_does()
    {
        var halt = new Interruption(InterruptionCause.Experiment, "everything on this machine was halted");
        var run = new TestRun
        {
            Faults = new ScriptedKeeper
            {
                OnBegin = scene =>
                {
                    for (var i = 0; i < 5; i++)
                    {
                        scene.Stop(halt);
                    }
                },
            },
        }.Action("kill").Rollback("r");
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Interrupted, 4), (outcome.Verdict, outcome.ExitCode));
        Assert.Empty(run.Provider.Calls);
    }

    [Fact]
    public async Task An_interruption_while_faults_are_taken_back_is_not_lost()
    {
        var keeper = new ScriptedKeeper();
        var run = new TestRun { Faults = keeper }.Probe("p").Action("a");
        keeper.OnTakeBack = _ => run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Interrupted, 4), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(["p", "a", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task The_report_of_a_fault_holds_no_secret()
    {
        var (run, outcome) = await RunAsync(
            keeper => keeper.Report(ScriptedKeeper.Fault(FaultState.Reverting, problem: "rand-server 8002 primary is gone")),
            secret: "8002 primary");
        var told = run.Events.OfType<FaultChanged>().Select(changed => changed.Fault).Append(Assert.Single(outcome.Faults));
        Assert.All(
            told,
            fault => Assert.DoesNotContain("8002 primary", $"{fault.Undo}{fault.Problem}{fault.Targets[0]}", StringComparison.Ordinal));
        Assert.DoesNotContain("8002 primary", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    private static void Interrupt(TestRun run, string way)
    {
        if (way is "once" or "thrice" or "keep-faults")
        {
            run.Provider.On("kill", token =>
            {
                for (var i = 0; i < (way == "thrice" ? 3 : 1); i++)
                {
                    run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C", way == "keep-faults"));
                }

                token.ThrowIfCancellationRequested();
                return ValueTask.FromResult(ActivityResult.Succeeded(null));
            });
        }
    }

    private static async Task<(TestRun Run, RunOutcome Outcome)> RunAsync(
        Action<FaultScene> takeBack, bool[]? probes = null, Compatibility compatibility = Compatibility.None, string? secret = null)
    {
        var keeper = new ScriptedKeeper { OnTakeBack = takeBack };
        var run = new TestRun
        {
            Faults = keeper,
            Options = new RunOptions { Compatibility = compatibility },
            Values = secret is null
                ? ResolvedValues.Empty
                : new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["s"] = secret } }),
        };
        if (probes is not null)
        {
            run.Probe("p");
            run.Provider.Returns("p", [.. probes.Select(probe => JsonValue.Create(probe))]);
        }

        run.Action("kill").Provider.On("kill", _ =>
        {
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Active));
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        if (probes is null)
        {
            run.MethodProbe("look");
        }

        return (run, await run.RunAsync());
    }
}
