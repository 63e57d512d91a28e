using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Calls;

/// <summary>What becomes of exceptions.</summary>
public sealed class FailureTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Theory]
    [InlineData("Throw", "InvalidOperationException: outer")]
    [InlineData("ThrowAsync", "TimeoutException: too late")]
    [InlineData("ThrowTogether", "FileNotFoundException: gone")]
    public async Task An_exception_fails_the_activity_with_its_type_and_text(string method, string expected)
    {
        var worker = await shared.StartedAsync();

        var outcome = await worker.RunAsync("Mishaps", method);

        Assert.Equal(("failed", expected), ((string?)outcome["end"], (string?)outcome["message"]));
    }

    [Fact]
    public async Task Types_outside_of_the_framework_are_named_in_full()
    {
        var worker = await shared.StartedAsync();

        var outcome = await worker.RunAsync("Mishaps", "Fail", new() { ["why"] = "nope" });

        Assert.Equal(("failed", "Turbulence.Sdk.ActivityFailedException: nope"), ((string?)outcome["end"], (string?)outcome["message"]));
    }

    [Fact]
    public async Task The_trace_has_the_inner_exceptions_last_and_no_frames_of_ours()
    {
        var worker = await shared.StartedAsync();

        var trace = Assert.IsType<JsonArray>((await worker.RunAsync("Mishaps", "Throw"))["trace"]).Select(line => (string?)line).ToArray();

        Assert.Equal([
            "InvalidOperationException: outer", "FormatException: inner",
        ], trace.Where(line => !line!.StartsWith("   at ", StringComparison.Ordinal)));
        Assert.Contains(trace, line => line!.Contains("SampleExtension.Mishaps.Throw", StringComparison.Ordinal));
        Assert.DoesNotContain(trace, line => line!.Contains("Turbulence.DotNetWorker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_method_is_answered_with_what_came_of_it()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var id = worker.Send("run", WorkerProcess.Call("Mishaps", "WaitAsync"));

        // What is answered after it shows that the first one still waits.
        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
        worker.Notify("cancel", new JsonObject { ["id"] = id });
        var outcome = (await worker.AnswerAsync(id))["result"]!;

        Assert.Equal(("failed", "TaskCanceledException: A task was canceled."), ((string?)outcome["end"], (string?)outcome["message"]));
    }
}
