using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Running;

namespace Turbulence.Tests.Running;

/// <summary>
/// Who does not end when it is told to keeps neither the method nor the rollbacks waiting: a program in uninterruptible sleep cannot be
/// ended by anybody.
/// </summary>
public sealed class UnendingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly PassingTime time = new();

    [Fact]
    public async Task An_activity_does_not_outlast_its_time_limit_whatever_its_provider_does()
    {
        var run = new TestRun { Time = time }.Action("stuck", new JsonObject { ["timeout"] = 2 }).Action("b").Rollback("r");
        run.Provider.On("stuck", Deaf);
        var outcome = await run.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(
            "its time limit is 2 s; it had not ended 10 s after it was told to", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Equal(["stuck", "b", "r"], run.Provider.Calls);
    }

    [Fact]
    public async Task A_stopped_run_plays_its_rollbacks_whatever_a_provider_does()
    {
        var run = new TestRun { Time = time }.Action("stuck").Rollback("r");
        run.Provider.On("stuck", token =>
        {
            run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            return Deaf(token);
        });
        var outcome = await run.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal(["stuck", "r"], run.Provider.Calls);
        Assert.Contains("'stuck' does not end", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ends_late_but_in_time_is_waited_for()
    {
        var patient = new FakeTimeProvider();
        var run = new TestRun { Time = patient }.Action("slow", new JsonObject { ["timeout"] = 2 });
        var told = new TaskCompletionSource();
        run.Provider.On("slow", async token =>
        {
            using var registered = token.Register(told.SetResult);
            patient.Advance(TimeSpan.FromSeconds(2));
            await told.Task;
            patient.Advance(Unending.Patience - TimeSpan.FromMilliseconds(1));
            return ActivityResult.Succeeded("late");
        });
        await run.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal("late", run.Run("slow").Output!.GetValue<string>());
    }

    private static async ValueTask<ActivityResult> Deaf(CancellationToken token) => await new TaskCompletionSource<ActivityResult>().Task;
}
