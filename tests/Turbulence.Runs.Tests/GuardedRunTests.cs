using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Tests;

public sealed class GuardedRunTests : IDisposable
{
    private readonly RunRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_fault_is_put_in_guarded_by_the_program_that_the_place_names_and_taken_back()
    {
        var file = Path.Combine(room.Folder, "precious");
        File.WriteAllText(file, "content");
        var seen = new List<bool>();
        await using var run = await FaultAsync(file, room.Place, () => seen.Add(File.Exists(file)));
        var outcome = await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Passed, outcome.Verdict);
        Assert.Equal([false], seen);
        Assert.Equal("content", File.ReadAllText(file));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_run_whose_caller_cancels_it_is_interrupted_and_takes_everything_back()
    {
        var file = Path.Combine(room.Folder, "precious");
        File.WriteAllText(file, "content");
        using var cancelling = new CancellationTokenSource();
        await using var run = await FaultAsync(file, room.Place, () =>
        {
            Assert.False(File.Exists(file));
            cancelling.Cancel();
        });
        var outcome = await run.RunAsync(cancellationToken: cancelling.Token);

        Assert.Equal(Verdict.Interrupted, outcome.Verdict);
        Assert.Equal("content", File.ReadAllText(file));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_is_not_run()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await using var run = await FaultAsync(Path.Combine(room.Folder, "none"), room.Place, static () => Assert.Fail("it was run"));
        var refused = await Assert.ThrowsAsync<RunRefusedException>(() => run.RunAsync(cancellationToken: cancelled.Token));

        Assert.True(refused.Refusal.IsInterruption);
    }

    [Theory]
    [InlineData("/bin/true", "it did not answer as a guardian does")]
    [InlineData("/bin/cat", "it did not answer as a guardian does")]
    [InlineData("/bin/echo", "it did not answer as a guardian does")]
    [InlineData("/nowhere/chaos", "No such file or directory")]
    [InlineData(null, "there is no program 'chaos' that could be one")]
    public async Task A_program_that_is_not_chaos_guards_nothing_and_nothing_is_put_in(string? program, string problem)
    {
        var file = Path.Combine(room.Folder, "precious");
        File.WriteAllText(file, "content");
        await using var run = await FaultAsync(file, room.Place with { Program = program is null ? [] : [program] }, static () => { });
        var outcome = await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains(problem, string.Join('\n', outcome.Reasons), StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(file));
        Assert.True(room.IsClean);
    }

    private static Task<PreparedRun> FaultAsync(string file, RunPlace place, Action look) => Chaos.Experiment("A file is missing")
        .SteadyState("It is there", state => state.Probe("there", () => true, true))
        .Method(method => method
            .Fault("hide", "file.missing", new JsonObject { ["path"] = file })
            .Action("look", look))
        .PrepareAsync(place: place);
}
