using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>What was taken back needs a moment: the last check waits for it, up to a stated time, and says how long it took.</summary>
public sealed class SettlingCheckTests
{
    [Fact]
    public async Task A_system_that_settles_in_time_passes_and_it_is_said_how_long_it_took()
    {
        var run = Run();
        run.Provider.Returns("p", true, true, false, false, false, true);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Passed, 0), (outcome.Verdict, outcome.ExitCode));
        Assert.Empty(outcome.Reasons);
        var closing = Closing(run);
        Assert.Equal([(false, true, 0), (true, false, 3)], closing.Select(check => (check.Met, check.IsRepeated, check.Iteration)));
        Assert.Equal(TimeSpan.FromMilliseconds(750), closing[^1].Settled);
    }

    [Fact]
    public async Task A_system_that_does_not_settle_deviates_after_the_stated_time()
    {
        var run = Run();
        run.Provider.Returns("p", true, true, false);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Deviated, 1), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(
            "after the rollbacks, and still 2.0 s later: probe 'p': output: expected true, got false", Assert.Single(outcome.Reasons));
        Assert.Equal(11, run.Provider.Calls.Count(call => call == "p"));
        Assert.Equal(2, Closing(run).Count);
    }

    [Fact]
    public async Task A_probe_that_cannot_be_carried_out_is_not_asked_again()
    {
        var run = Run();
        run.Provider.On("p", ActivityResult.Succeeded(true), ActivityResult.Succeeded(true), ActivityResult.Crashed("no such module"));
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.Equal(3, run.Provider.Calls.Count(call => call == "p"));
    }

    [Fact]
    public async Task A_person_who_does_not_want_to_wait_ends_it()
    {
        var run = Run();
        run.Provider.On("p", _ =>
        {
            var asked = run.Provider.Calls.Count(call => call == "p");
            if (asked == 4)
            {
                run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            }

            return ValueTask.FromResult(ActivityResult.Succeeded(asked < 3));
        });
        Assert.Equal((Verdict.Interrupted, 4), await OutcomeAsync(run));
        Assert.Equal(4, run.Provider.Calls.Count(call => call == "p"));
    }

    [Fact]
    public async Task The_reference_does_not_check_again()
    {
        var run = Run(Compatibility.ChaosToolkit);
        run.Provider.Returns("p", true, true, false);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(2, run.Provider.Calls.Count(call => call == "p"));
    }

    [Fact]
    public async Task The_journal_says_how_often_and_how_long()
    {
        using var folder = new TemporaryFolder();
        var run = Run();
        run.Provider.Returns("p", true, true, false, true);
        using (var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), run.Time))
        {
            run.Observers.Add(journal);
            await run.RunAsync();
        }

        var closing = JsonNode.Parse(await File.ReadAllTextAsync(folder["journal.json"], TestContext.Current.CancellationToken))![
            "turbulence"]!["after_rollbacks"]!;
        Assert.Equal((true, 2, 0.25), ((bool)closing["steady_state_met"]!, (int)closing["checks"]!, (double)closing["settled_after"]!));
    }

    private static async Task<(Verdict, int)> OutcomeAsync(TestRun run)
    {
        var outcome = await run.RunAsync();
        return (outcome.Verdict, outcome.ExitCode);
    }

    private static List<HypothesisRun> Closing(TestRun run) =>
        [.. run.Events.OfType<HypothesisEnded>().Select(ended => ended.Run).Where(check => check.Phase == RunPhase.Closing)];

    private static TestRun Run(Compatibility compatibility = Compatibility.None) =>
        new TestRun
        {
            Time = new PassingTime(),
            Settle = TimeSpan.FromSeconds(2),
            Options = new RunOptions { Compatibility = compatibility },
        }.Probe("p").Action("a").Rollback("r");
}
