using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>Behaviour 2.6 and S9: timeouts, cancellation, and what a process leaves behind.</summary>
public sealed class ProcessTimeLimitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("turbulence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Section_2_6_and_S9_a_timeout_ends_the_whole_group(bool compatible)
    {
        var clock = new FakeTimeProvider();
        var running = ProcessCall.Script(Family, """{"timeout": 5.5}""", compatible, time: clock).RunAsync();
        var (child, grandchild) = await FamilyAsync();

        clock.Advance(TimeSpan.FromSeconds(5.4));
        Assert.False(running.IsCompleted);
        Assert.True(IsAlive(grandchild));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var result = await AdvanceUntilDoneAsync(running, clock);

        Assert.Equal((ActivityEnd.Failed, "process activity took too long to complete"), (result.End, result.Message));
        Assert.False(IsAlive(child));
        Assert.False(IsAlive(grandchild));
    }

    [Fact]
    public async Task S9_a_shell_text_is_ended_with_its_pipeline()
    {
        var provider = new JsonObject { ["path"] = "/bin/sh", ["arguments"] = $"-c '{Family}' | cat", ["timeout"] = 5 };
        var clock = new FakeTimeProvider();
        var running = ProcessCall.Of(provider.ToJsonString(), time: clock).RunAsync();
        var (child, grandchild) = await FamilyAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        var result = await AdvanceUntilDoneAsync(running, clock);

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.False(IsAlive(child));
        Assert.False(IsAlive(grandchild));
    }

    [Fact]
    public async Task Who_does_not_listen_is_killed_after_half_a_second()
    {
        var clock = new FakeTimeProvider();
        var running = ProcessCall.Script($"trap '' TERM; {Family}", """{"timeout": 5}""", time: clock).RunAsync();
        var (child, _) = await FamilyAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(0.49));
        Assert.True(IsAlive(child));

        Assert.Equal(ActivityEnd.Failed, (await AdvanceUntilDoneAsync(running, clock)).End);
        Assert.False(IsAlive(child));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("false")]
    public async Task No_time_at_all_is_over_at_once(string timeout) =>
        Assert.Equal(
            "process activity took too long to complete",
            (await ProcessCall.Script("sleep 300", $$"""{"timeout": {{timeout}}}""").RunAsync()).Message);

    [Theory]
    [InlineData("1e300")]
    [InlineData("4294967295")]
    [InlineData("null")]
    [InlineData("60")]
    public async Task A_program_within_its_limit_is_not_disturbed(string timeout) =>
        Assert.Equal("done", await ProcessCall.Script("printf done", $$"""{"timeout": {{timeout}}}""").StandardOutputAsync());

    [Fact]
    public async Task Section_2_6_a_timeout_that_is_not_a_number_crashes()
    {
        foreach (var (timeout, compatible) in new[]
        {
            ("\"soon\"", false),
            ("[1]", false),
            ("\"soon\"", true),
            ("\"5\"", true),
            ("\"${t}\"", true),
        })
        {
            var result = await ProcessCall.Script("true", $$"""{"timeout": {{timeout}}}""", compatible, """{"t": 5}""").RunAsync();
            Assert.Equal(
                (ActivityEnd.Crashed, $"the timeout of a process must be a number of seconds, not {timeout}"),
                (result.End, result.Message));
        }
    }

    [Fact]
    public async Task A10_the_timeout_is_substituted_and_may_come_as_text()
    {
        Assert.Equal(
            "done",
            await ProcessCall.Script("printf done", """{"timeout": "${t}"}""", configuration: """{"t": 60}""").StandardOutputAsync());
        Assert.Equal(
            "done",
            await ProcessCall.Script("printf done", """{"timeout": "${t}"}""", configuration: """{"t": "60"}""").StandardOutputAsync());
        Assert.Equal(
            ActivityEnd.Failed,
            (await ProcessCall.Script("sleep 300", """{"timeout": "${t}"}""", configuration: """{"t": "0"}""").RunAsync()).End);
    }

    [Fact]
    public async Task S9_cancelling_ends_the_whole_group()
    {
        using var cancellation = new CancellationTokenSource();
        var running = ProcessCall.Script(Family).RunUntilAsync(cancellation.Token);
        var (child, grandchild) = await FamilyAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(IsAlive(child));
        Assert.False(IsAlive(grandchild));
    }

    [Fact]
    public async Task What_was_cancelled_before_never_starts()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ProcessCall.Script($": > {folder}/started").RunUntilAsync(new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Section_2_6_a_grandchild_that_holds_the_output_open_does_not_hold_up_the_run()
    {
        var call = ProcessCall.Script("sleep 300 & echo $!");
        var output = await call.OutputAsync();
        var grandchild = int.Parse((string)output["stdout"]!, CultureInfo.InvariantCulture);
        try
        {
            Assert.True(IsAlive(grandchild));
            Assert.True((bool)output["output_held_open"]!);
            Assert.Equal(
                ["This process left something running that still holds its output open; what it writes from now on is not kept"],
                call.Warnings);
        }
        finally
        {
            Kill(grandchild);
        }
    }

    [Fact]
    public async Task A_daemon_in_a_session_of_its_own_survives_a_successful_activity()
    {
        var call = ProcessCall.Script("setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $!");
        var output = await call.OutputAsync();
        var daemon = int.Parse((string)output["stdout"]!, CultureInfo.InvariantCulture);
        try
        {
            Assert.True(IsAlive(daemon));
            Assert.Equal(["status", "stdout", "stderr"], output.Select(pair => pair.Key));
            Assert.Empty(call.Warnings);
        }
        finally
        {
            Kill(daemon);
        }
    }

    private string Family =>
        $"echo $$ > {folder}/child; sleep 300 & echo $! > {folder}/making; mv {folder}/making {folder}/grandchild; wait; wait";

    private static bool IsAlive(int id) => ProcessTable.Find(id) is { IsAlive: true };

    private static void Kill(int id)
    {
        if (ProcessHandle.TryOpen(id, out var handle, out _))
        {
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
            }
        }
    }

    /// <summary>The grace after the timeout is measured by the same clock, which nobody else moves.</summary>
    private static async Task<ActivityResult> AdvanceUntilDoneAsync(Task<ActivityResult> running, FakeTimeProvider clock)
    {
        while (await Task.WhenAny(
            running, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken)) != running)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        return await running;
    }

    private async Task<(int Child, int Grandchild)> FamilyAsync()
    {
        var ready = Path.Combine(folder, "grandchild");
        for (var i = 0; !File.Exists(ready); i++)
        {
            Assert.True(i < 10_000, "the processes never started");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return (Number("child"), Number("grandchild"));

        int Number(string name) => int.Parse(File.ReadAllText(Path.Combine(folder, name)), CultureInfo.InvariantCulture);
    }
}
