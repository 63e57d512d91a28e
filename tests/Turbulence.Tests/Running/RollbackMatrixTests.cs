using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Running;
using Turbulence.Verdicts;

namespace Turbulence.Tests.Running;

/// <summary>Section 7.7: whether the rollbacks are played, every cell of the table, and our own rule beside it.</summary>
public sealed class RollbackMatrixTests
{
    private static readonly RunStatus?[] Statuses = [null, RunStatus.Completed, RunStatus.Aborted, RunStatus.Failed, RunStatus.Interrupted];

    public static TheoryData<RollbackStrategy, bool, RunStatus?, bool> ReferenceCells { get; } = Reference();

    public static TheoryData<RollbackStrategy, bool, bool, bool> OurCells { get; } = new()
    {
        { RollbackStrategy.Default, false, false, false },
        { RollbackStrategy.Default, false, true, false },
        { RollbackStrategy.Default, true, false, true },
        { RollbackStrategy.Default, true, true, true },
        { RollbackStrategy.Always, false, false, true },
        { RollbackStrategy.Always, false, true, true },
        { RollbackStrategy.Always, true, false, true },
        { RollbackStrategy.Always, true, true, true },
        { RollbackStrategy.Never, false, false, false },
        { RollbackStrategy.Never, false, true, false },
        { RollbackStrategy.Never, true, false, false },
        { RollbackStrategy.Never, true, true, false },
        { RollbackStrategy.Deviated, false, false, false },
        { RollbackStrategy.Deviated, false, true, true },
        { RollbackStrategy.Deviated, true, false, false },
        { RollbackStrategy.Deviated, true, true, true },
    };

    [Theory]
    [MemberData(nameof(ReferenceCells))]
    public void As_the_reference(RollbackStrategy strategy, bool deviated, RunStatus? status, bool played)
    {
        var findings = new RunFindings { Status = status, Deviated = deviated };
        Assert.Equal(played, RollbackRules.DecideAsReference(strategy, findings).Played);
    }

    [Theory]
    [MemberData(nameof(OurCells))]
    public void As_we_do(RollbackStrategy strategy, bool methodStarted, bool deviated, bool played)
    {
        var findings = new RunFindings { MethodStarted = methodStarted };
        Assert.Equal(played, RollbackRules.Decide(strategy, findings, deviated).Played);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void The_exit_signal_that_keeps_faults_wins_over_every_strategy(Compatibility compatibility)
    {
        foreach (var strategy in Enum.GetValues<RollbackStrategy>())
        {
            var findings = new RunFindings
            {
                MethodStarted = true,
                Interruption = new Interruption(InterruptionCause.ExitSignal, "30", KeepFaults: true),
            };
            var decision = compatibility == Compatibility.None
                ? RollbackRules.Decide(strategy, findings, deviated: true)
                : RollbackRules.DecideAsReference(strategy, findings);
            Assert.False(decision.Played);
        }
    }

    /// <summary>The consequences for the default strategy, listed below the table.</summary>
    [Theory]
    [InlineData("gate unmet", true, false)]
    [InlineData("gate failed", false, false)]
    [InlineData("action failed", true, true)]
    [InlineData("method aborted", true, true)]
    [InlineData("after unmet", true, true)]
    [InlineData("after failed", false, true)]
    [InlineData("interrupted", false, true)]
    public async Task The_default_strategy_in_whole_runs(string situation, bool reference, bool ours)
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Probe("p").Action("a").Rollback("r");
            var met = ActivityResult.Succeeded(true);
            var unmet = ActivityResult.Succeeded(false);
            var failed = ActivityResult.Failed("refused");
            _ = situation switch
            {
                "gate unmet" => run.Provider.On("p", unmet),
                "gate failed" => run.Provider.On("p", failed),
                "action failed" => run.Provider.On("a", failed),
                "method aborted" => run.Provider.On("a", ActivityResult.Crashed("x")),
                "after unmet" => run.Provider.On("p", met, unmet),
                "after failed" => run.Provider.On("p", met, failed),
                _ => run.Provider.On("a", token =>
                {
                    run.Stop.Request(new Interruption(InterruptionCause.Termination, "SIGTERM"));
                    token.ThrowIfCancellationRequested();
                    return ValueTask.FromResult(met);
                }),
            };
            await run.RunAsync();
            var played = compatibility == Compatibility.None ? ours : reference;
            Assert.Equal(played, run.RollbacksPlayed);
            Assert.Equal(played, run.Provider.Calls.Contains("r"));
        }
    }

    private static TheoryData<RollbackStrategy, bool, RunStatus?, bool> Reference()
    {
        var data = new TheoryData<RollbackStrategy, bool, RunStatus?, bool>();
        foreach (var deviated in new[] { false, true })
        {
            foreach (var status in Statuses)
            {
                data.Add(RollbackStrategy.Default, deviated, status, status is not (RunStatus.Failed or RunStatus.Interrupted));
                data.Add(RollbackStrategy.Always, deviated, status, true);
                data.Add(RollbackStrategy.Never, deviated, status, false);
                data.Add(RollbackStrategy.Deviated, deviated, status, deviated);
            }
        }

        return data;
    }
}
