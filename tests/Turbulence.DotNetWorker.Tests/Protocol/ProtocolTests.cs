using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Protocol;

/// <summary>The worker keeps to the protocol, whatever it is sent.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public async Task It_says_who_it_is()
    {
        await using var worker = WorkerProcess.StartBare();

        var result = await worker.RequestAsync("initialize", new JsonObject { ["protocol"] = 1, ["directory"] = "/tmp", ["unknown"] = 1 });

        Assert.Equal(1, (int?)result!["protocol"]);
        Assert.Equal("turbulence-dotnet-worker", (string?)result["worker"]!["name"]);
        Assert.Equal("""["controls","describe","ping"]""", result["capabilities"]!.ToJsonString());
    }

    [Fact]
    public async Task Wrong_use_is_an_error_and_the_next_request_is_answered()
    {
        await using var worker = WorkerProcess.StartBare();

        Assert.Equal(-32600, await ErrorAsync(worker, "run"));
        await worker.RequestAsync("initialize", new JsonObject { ["protocol"] = 1 });
        Assert.Equal(-32600, await ErrorAsync(worker, "initialize"));
        Assert.Equal(-32601, await ErrorAsync(worker, "list"));

        foreach (var (line, code) in new[] { ("{", -32700), ("5", -32600), ("{}", -32600), ("""{"id":"x","method":null}""", -32600) })
        {
            worker.SendLine(line);
            var answer = await worker.NotificationAsync();
            Assert.Equal((code, true), ((int?)answer["error"]!["code"], answer.ContainsKey("id") && answer["id"] is null));
        }

        worker.SendLine("""{"jsonrpc":"2.0","method":"unheard-of"}""");
        worker.Notify("cancel", new JsonObject { ["id"] = 4711 });
        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("hook")]
    [InlineData("validate")]
    [InlineData("describe")]
    public async Task A_request_without_anything_in_it_is_answered(string method)
    {
        await using var worker = await WorkerProcess.StartAsync();

        Assert.NotNull(await worker.RequestAsync(method, new JsonObject()));
        Assert.NotNull(await worker.RequestAsync(method, null));
        Assert.NotNull(await worker.RequestAsync(method, 5));
    }

    [Fact]
    public async Task It_ends_when_its_input_ends_or_when_it_is_told_to()
    {
        await using var cut = await WorkerProcess.StartAsync();
        cut.Send("run", WorkerProcess.Call("Mishaps", "Hang"));
        cut.Child.StandardInput.Dispose();

        await using var told = await WorkerProcess.StartAsync();
        Assert.Null(await told.RequestAsync("shutdown", null));

        Assert.Equal(0, (await cut.Child.Exited.WaitAsync(WorkerProcess.Deadline, TestContext.Current.CancellationToken)).ExitCode);
        Assert.Equal(0, (await told.Child.Exited.WaitAsync(WorkerProcess.Deadline, TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task Many_calls_that_block_are_carried_out_at_once_and_answered_as_they_end()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var hanging = Enumerable.Range(0, 50).Select(_ => worker.Send("run", WorkerProcess.Call("Mishaps", "Hang"))).ToArray();

        Assert.Equal("7", await worker.OutputAsync("Pods", "Unmarked"));
        Assert.Equal(50, hanging.Length);
    }

    [Fact]
    public async Task Large_requests_arrive()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var text = new string('é', 4 * 1024 * 1024);

        Assert.Equal($"\"string {text}\"", await worker.OutputAsync("Bindings", "Text", new() { ["value"] = text }));
    }

    private static async Task<int?> ErrorAsync(WorkerProcess worker, string method) =>
        (int?)(await worker.AnswerAsync(worker.Send(method, new JsonObject())))["error"]?["code"];
}
