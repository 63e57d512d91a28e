using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>What becomes of a fault when its proxy's process ends, stops, or is another one, or the proxy is not what it was.</summary>
public sealed class ProxyDeathTests : IDisposable
{
    private readonly Room room = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task A_proxy_that_was_killed_has_taken_its_toxics_with_it(string protocol)
    {
        var (server, arguments) = await ServeAsync(protocol);
        await using var fault = await FaultCase.MakeAsync("network.latency", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        server.Signal(PosixSignalNumber.Kill);
        await server.Exited.WaitAsync(Token);

        Assert.Equal($"process {server.Id}, in which proxy 'db' lived, has ended", (await fault.ObserveAsync()).Text);
        await fault.RevertAsync();
        Assert.Equal($"process {server.Id}, in which proxy 'db' lived, has ended, and the toxic with it", (await fault.CheckAsync()).Text);
        await fault.SeeItBackAsync();
        await fault.ElsewhereAsync("revert");
        await fault.ElsewhereAsync("check");

        // Whoever takes the port after it has nothing to do with it, whatever it answers.
        var port = new Uri(arguments["api"]!.GetValue<string>()).Port;
        await room.StartServerAsync(port);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_proxy_that_is_stopped_has_said_nothing()
    {
        var (server, arguments) = await ServeAsync();
        await using var fault = await FaultCase.MakeAsync("network.latency", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        server.Signal(PosixSignalNumber.Stop);

        // Each of its threads hears of it by itself; until then it may still answer.
        await Eventually.HoldsAsync(() => Directory.GetDirectories($"/proc/{server.Id}/task").All(static thread =>
            File.ReadAllText(Path.Combine(thread, "stat")) is var stat && stat[stat.LastIndexOf(')') + 2] == 'T'));

        var time = new FakeTimeProvider();
        var checking = fault.Kind
            .CheckAsync(fault.Record, new FaultTools(time, OtherProcess.Self, static _ => ValueTask.CompletedTask), Token)
            .AsTask();
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return checking.IsCompleted;
        });
        var check = await checking;
        Assert.False(check.Seen);
        Assert.Contains(
            $"gives no answer within 5 s; process {server.Id} lives: end it, or when it answers again: chaos proxy toxic remove db --name",
            check.Text,
            StringComparison.Ordinal);

        server.Signal(PosixSignalNumber.Continue);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_proxy_that_was_made_anew_has_lost_the_fault_and_nothing_is_left_of_it()
    {
        var stage = await ProxyStage.Shared;
        await using var fault = await Scene.PlayAsync("network.latency", room);
        await fault.InjectAsync();
        await stage.RemoveAsync(NetworkScene.Name(room));
        Assert.StartsWith(
            $"there is no proxy '{NetworkScene.Name(room)}' at ", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        Assert.Equal($"there is no proxy '{NetworkScene.Name(room)}' any more", (await fault.CheckAsync()).Text);
        await stage.CreateAsync(NetworkScene.Name(room));
        Assert.Equal($"proxy '{NetworkScene.Name(room)}' has no such toxic any more", (await fault.ObserveAsync()).Text);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_proxy_that_is_disabled_is_not_hit_and_stays_disabled()
    {
        var stage = await ProxyStage.Shared;
        var proxy = await stage.CreateAsync(NetworkScene.Name(room));
        var arguments = await NetworkScene.ArgumentsAsync("network.latency", proxy.Name);
        await using var fault = await FaultCase.MakeAsync("network.latency", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        await proxy.DisableAsync();
        Assert.Equal($"proxy '{proxy.Name}' is disabled, so that nothing goes through it", (await fault.ObserveAsync()).Text);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.False(proxy.IsEnabled);
        Assert.EndsWith(
            "is disabled, so that nothing goes through it",
            await FaultCase.RefusalAsync("network.refuse", await NetworkScene.ArgumentsAsync("network.refuse", proxy.Name)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_read_from_its_owners_file_and_told_to_nobody()
    {
        const string secret = "0123456789abcdef-secret";
        File.WriteAllText(room["token"], secret + "\n");
        File.SetUnixFileMode(room["token"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (_, arguments) = await ServeAsync("tcp", "--token-file", room["token"]);
        Assert.Contains(
            "wants a token, and not the one that it is shown",
            await FaultCase.RefusalAsync("network.latency", arguments),
            StringComparison.Ordinal);

        arguments["token_file"] = "token";
        var planning = await FaultCase.PlanAsync("network.latency", FaultCase.Request(arguments, room.Path));
        Assert.Equal([secret], planning.Plan!.Hidden);
        Assert.DoesNotContain(
            secret, planning.Plan.Text + planning.Plan.UndoText + planning.Plan.Targets[0].Text, StringComparison.Ordinal);
        Assert.EndsWith($" --token-file {room["token"]}", planning.Plan.UndoText, StringComparison.Ordinal);
        await using (var fault = await FaultCase.MakeAsync("network.latency", FaultCase.Request(arguments, room.Path)))
        {
            await fault.InjectAsync();
            await fault.SeeEffectAsync();
            await fault.ElsewhereAsync("revert");
            await fault.SeeItBackAsync();
        }

        File.SetUnixFileMode(room["token"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains(
            "others may read or write",
            (await FaultCase.PlanAsync("network.latency", FaultCase.Request(arguments, room.Path))).Problem,
            StringComparison.Ordinal);
    }

    /// <summary>Starts a process with a proxy, and says how a fault is told to hit that.</summary>
    private async Task<(ChildProcess Server, JsonObject Arguments)> ServeAsync(string protocol = "tcp", params string[] more)
    {
        var upstream = (await ProxyStage.Shared).Upstream;
        File.WriteAllText(
            room["proxies.json"],
            $$"""[{"name": "db", "listen": "127.0.0.1:0", "upstream": "{{upstream}}", "protocol": "{{protocol}}"}]""");
        var server = room.Start(new ProcessStartOptions
        {
            FileName = BuiltPrograms.Chaos,
            Arguments = ["proxy", "serve", "--host", "127.0.0.1", "--port", "0", "--config", room["proxies.json"], .. more],
            StandardOutput = ChildOutput.Stream,
        });
        using var lines = new StreamReader(server.StandardOutput, Encoding.UTF8);
        var first = await lines.ReadLineAsync(Token);
        return (server, new JsonObject { ["api"] = first!["Listening on ".Length..], ["proxy"] = "db", ["latency"] = 20 });
    }
}
