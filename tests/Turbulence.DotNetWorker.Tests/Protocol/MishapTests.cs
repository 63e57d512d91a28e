using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.DotNetWorker.Tests.Protocol;

/// <summary>What foreign code does cannot disturb the protocol; it can only end the worker.</summary>
public sealed class MishapTests
{
    [Fact]
    public async Task What_is_printed_goes_to_the_standard_error()
    {
        await using var worker = await WorkerProcess.StartAsync();

        Assert.Equal("\"printed\"", await worker.OutputAsync("Mishaps", "Print", new() { ["bytes"] = 1024 * 1024 }));
        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
        await worker.RequestAsync("shutdown", null);

        var printed = await worker.ErrorsAsync();
        Assert.StartsWith(
            new string('o', 1024 * 1024) + "\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}\n", printed, StringComparison.Ordinal);
        Assert.EndsWith("garbage\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_threads_are_all_blocked_holds_up_neither_calls_nor_answers_and_a_ping_shows_it()
    {
        await using var worker = await WorkerProcess.StartAsync();
        Assert.Null(await worker.RequestAsync("ping", null));

        Assert.Equal("\"blocked\"", await worker.OutputAsync("Mishaps", "BlockPool", new() { ["threads"] = 500 }));

        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
        var ping = worker.AnswerAsync(worker.Send("ping", null));
        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
        Assert.False(ping.IsCompleted);
        Assert.Null(await worker.RequestAsync("shutdown", null));
    }

    [Fact]
    public async Task What_is_set_in_the_environment_is_told_before_the_answer()
    {
        await using var worker = await WorkerProcess.StartAsync();

        await worker.RunAsync("Mishaps", "Set", new() { ["name"] = "A_NAME", ["value"] = "é 1" });
        await worker.RunAsync("Pods", "Unmarked");
        await worker.RunAsync("Mishaps", "Set", new() { ["name"] = "A_NAME", ["value"] = null });

        Assert.Equal("""{"changes":{"A_NAME":"\u00E9 1"}}""", (await worker.NotificationAsync())["params"]!.ToJsonString());
        Assert.Equal("""{"changes":{"A_NAME":null}}""", (await worker.NotificationAsync())["params"]!.ToJsonString());
    }

    [Fact]
    public async Task The_words_of_an_exception_have_a_limit()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = await worker.RunAsync("Mishaps", "ThrowLong", new() { ["length"] = 20_000_000 });

        Assert.EndsWith("x… (19475739 more characters)", (string?)outcome["message"], StringComparison.Ordinal);
        Assert.InRange(outcome["trace"]!.AsArray().Sum(line => ((string)line!).Length), 500_000, 2_000_000);
    }

    [Fact]
    public async Task There_is_nothing_to_read()
    {
        await using var worker = await WorkerProcess.StartAsync();

        Assert.Null(await worker.OutputAsync("Mishaps", "ReadLine"));
    }

    [Fact]
    public async Task Children_get_none_of_the_protocols_files()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = await worker.RunAsync("Mishaps", "OpenFilesOfChildren");
        var files = Assert.IsType<JsonArray>(outcome["output"]).Select(file => (string?)file).ToArray();
        var ours = Directory.ResolveLinkTarget($"/proc/{worker.Child.Id}/fd/2", returnFinalTarget: false);

        Assert.Equal("/dev/null", files[0]);
        Assert.Equal(ours!.Name, files[2]);

        // The output that the child itself was given, and the directory that it lists.
        Assert.Equal(2, files.Length - 2);
    }

    [Fact]
    public async Task A_daemon_does_not_hold_the_protocol_open()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var daemon = int.Parse((await worker.OutputAsync("Mishaps", "StartDaemon"))!, System.Globalization.CultureInfo.InvariantCulture);
        await worker.RequestAsync("shutdown", null);
        await worker.Child.Exited.WaitAsync(WorkerProcess.Deadline, TestContext.Current.CancellationToken);
        var ended = await worker.HasOutputEndedAsync();
        Assert.True(ProcessHandle.TryOpen(daemon, out var handle, out _));
        using (handle)
        {
            handle.Signal(PosixSignalNumber.Kill);
        }

        Assert.True(ended);
    }

    [Theory]
    [InlineData("Exit", """{"code":3}""", 3)]
    [InlineData("FailFast", "{}", null)]
    [InlineData("Overflow", "{}", null)]
    [InlineData("CrashLater", "{}", null)]
    public async Task Code_that_ends_the_process_ends_the_worker(string method, string arguments, int? code)
    {
        await using var worker = await WorkerProcess.StartAsync();

        worker.Send("run", WorkerProcess.Call("Mishaps", method, JsonNode.Parse(arguments)!.AsObject()));
        var status = await worker.Child.Exited.WaitAsync(WorkerProcess.Deadline, TestContext.Current.CancellationToken);

        Assert.False(status.IsSuccess);
        Assert.True(code is null ? status.Signal is not null : status.ExitCode == code);
    }
}
