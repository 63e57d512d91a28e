using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>Section 7.3: status, deviated and exit code of every situation, as the reference has them and as we do.</summary>
public sealed class OutcomeMatrixTests
{
    private static readonly ActivityResult Met = ActivityResult.Succeeded(true);
    private static readonly ActivityResult Unmet = ActivityResult.Succeeded(false);
    private static readonly ActivityResult Failed = ActivityResult.Failed("refused");
    private static readonly ActivityResult Crashed = ActivityResult.Crashed("unforeseen");

    /// <summary>Situation, then status, deviated and exit code in compatibility mode, then the same in the default mode.</summary>
    public static TheoryData<string, string, string> Rows { get; } = new()
    {
        { "all fine", "completed false 0", "completed false 0" },
        { "no hypothesis", "completed false 0", "completed false 0" },
        { "method action failed", "completed false 0", "failed false 2" },
        { "method probe failed", "completed false 0", "failed false 2" },
        { "gate unmet", "completed false 0", "failed false 3" },
        { "gate probe failed", "failed false 1", "failed false 3" },
        { "gate probe crashed", "failed false 1", "failed false 2" },
        { "after unmet", "completed true 1", "completed true 1" },
        { "after probe failed", "failed true 1", "completed true 1" },
        { "after probe crashed", "failed true 1", "failed false 2" },
        { "during only, unmet", "completed false 0", "completed true 1" },
        { "during only, unmet, fail-fast", "failed false 1", "completed true 1" },
        { "continuously, fail-fast, after unmet", "completed true 1", "completed true 1" },
        { "continuously, fail-fast, after met", "failed false 1", "completed true 1" },
        { "continuously, recovered", "completed false 0", "completed true 1" },
        { "continuous probe crashed", "aborted false 1", "failed false 2" },
        { "foreground crashed", "aborted false 1", "failed false 2" },
        { "background crashed", "completed false 0", "failed false 2" },
        { "Ctrl-C", "interrupted false 1", "interrupted false 4" },
        { "SIGUSR2", "interrupted false 1", "interrupted false 4" },
        { "rollback failed", "completed false 0", "completed false 5" },
        { "rollback crashed", "completed false 0", "completed false 5" },
        { "interrupted in the rollbacks", "interrupted false 1", "interrupted false 4" },
        { "method tolerance unmet", "completed false 0", "completed true 1" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task As_the_reference(string situation, string reference, string ours)
    {
        Assert.NotEmpty(ours);
        Assert.Equal(reference, await OutcomeAsync(situation, Compatibility.ChaosToolkit));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task As_we_do(string situation, string reference, string ours)
    {
        Assert.NotEmpty(reference);
        Assert.Equal(ours, await OutcomeAsync(situation, Compatibility.None));
    }

    private static async Task<string> OutcomeAsync(string situation, Compatibility compatibility)
    {
        var outcome = await Set(situation, compatibility).RunAsync();
        return $"{outcome.Status.ToString().ToLowerInvariant()} {(outcome.Deviated ? "true" : "false")} {outcome.ExitCode}";
    }

    private static TestRun Set(string situation, Compatibility compatibility)
    {
        var options = new RunOptions
        {
            Compatibility = compatibility,
            Hypothesis = situation switch
            {
                _ when situation.StartsWith("during only", StringComparison.Ordinal) => HypothesisStrategy.DuringMethodOnly,
                _ when situation.StartsWith("continuous", StringComparison.Ordinal) => HypothesisStrategy.Continuously,
                _ => HypothesisStrategy.Default,
            },
            FailFast = situation.Contains("fail-fast", StringComparison.Ordinal),
            Frequency = TimeSpan.FromMilliseconds(1),
        };
        var run = new TestRun { Options = options };
        run = situation switch
        {
            "no hypothesis" => run,
            _ => run.Probe("p"),
        };
        var background = situation == "background crashed";
        _ = situation switch
        {
            "method probe failed" => run.MethodProbe("a"),
            "method tolerance unmet" => run.MethodProbe("a", new JsonObject { ["tolerance"] = true }),
            _ => run.Action("a", background ? new JsonObject { ["background"] = true } : null),
        };
        run.Rollback("r");
        Script(run, situation);
        return run;
    }

    private static void Script(TestRun run, string situation)
    {
        switch (situation)
        {
            case "method action failed" or "method probe failed":
                run.Provider.On("a", Failed);
                break;
            case "method tolerance unmet":
                run.Provider.On("a", Unmet);
                break;
            case "gate unmet":
                run.Provider.On("p", Unmet);
                break;
            case "gate probe failed":
                run.Provider.On("p", Failed);
                break;
            case "gate probe crashed":
                run.Provider.On("p", Crashed);
                break;
            case "after unmet":
                run.Provider.On("p", Met, Unmet, Met);
                break;
            case "after probe failed":
                run.Provider.On("p", Met, Failed, Met);
                break;
            case "after probe crashed":
                run.Provider.On("p", Met, Crashed, Met);
                break;
            case "during only, unmet" or "during only, unmet, fail-fast":
                run.Provider.On("p", Unmet);
                WaitForACheck(run);
                break;
            case "continuously, fail-fast, after unmet":
                run.Provider.On("p", Met, Unmet, Unmet, Met);
                WaitForACheck(run);
                break;
            case "continuously, fail-fast, after met" or "continuously, recovered":
                run.Provider.On("p", Met, Unmet, Met);
                WaitForACheck(run);
                break;
            case "continuous probe crashed":
                run.Provider.On("p", Met, Crashed, Met);
                WaitForACheck(run);
                break;
            case "foreground crashed" or "background crashed":
                run.Provider.On("a", Crashed);
                break;
            case "Ctrl-C" or "SIGUSR2":
                Interrupt(run, "a", keepFaults: situation == "SIGUSR2");
                break;
            case "interrupted in the rollbacks":
                Interrupt(run, "r", keepFaults: false);
                break;
            case "rollback failed":
                run.Provider.On("r", Failed);
                break;
            case "rollback crashed":
                run.Provider.On("r", Crashed);
                break;
            default:
                break;
        }
    }

    private static void WaitForACheck(TestRun run)
    {
        var missed = new TaskCompletionSource();
        run.OnEvent = happened =>
        {
            if (happened is HypothesisEnded { Run: { Phase: RunPhase.During, Met: false } })
            {
                missed.TrySetResult();
            }
        };
        run.Provider.On("a", async token =>
        {
            await missed.Task.WaitAsync(CancellationToken.None);
            return Met;
        });
    }

    private static void Interrupt(TestRun run, string key, bool keepFaults) => run.Provider.On(key, token =>
    {
        run.Stop.Request(new Interruption(InterruptionCause.ExitSignal, "stop", keepFaults));
        token.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Met);
    });
}
