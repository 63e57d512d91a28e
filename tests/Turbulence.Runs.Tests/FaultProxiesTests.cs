using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Turbulence.Events;
using Turbulence.Runs.Scopes;
using Turbulence.Services;

namespace Turbulence.Runs.Tests;

public sealed class FaultProxiesTests : IDisposable
{
    private readonly RunRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Code_calls_through_a_proxy_and_a_fault_in_it_is_felt_and_counted()
    {
        using var echo = new EchoServer();
        await using var proxies = await FaultProxies.StartAsync(room.Place, Token);
        var proxy = await proxies.AddAsync("echo", echo.Address);
        Assert.Equal("x", await echo.AskAsync(proxy.Port, "x"));

        await using var refused = await FaultScope.BeginAsync("network.refuse", proxy.Arguments(), room.Place, Token);
        var broken = await Record.ExceptionAsync(() => echo.AskAsync(proxy.Port, "x"));
        Assert.True(broken is SocketException or IOException, broken?.ToString());
        Assert.Equal(1, (await refused.LookAsync(Token))!.Hits);
        var outcome = await refused.EndAsync();

        Assert.Equal(Verdict.Passed, outcome.Verdict);
        Assert.Equal(1, Assert.Single(outcome.Faults).Effect!.Hits);
        Assert.Equal("x", await echo.AskAsync(proxy.Port, "x"));
    }

    [Fact]
    public async Task A_fault_that_nobody_met_says_so_at_the_end_of_its_scope()
    {
        await using var proxies = await FaultProxies.StartAsync(room.Place, Token);
        var proxy = await proxies.AddAsync("nobody", "127.0.0.1:1");
        var slow = await FaultScope.BeginAsync("network.latency", proxy.Arguments(new() { ["latency"] = 300 }), room.Place, Token);

        var thrown = await Assert.ThrowsAsync<FaultScopeException>(async () => await slow.DisposeAsync());

        Assert.Contains("has hit nothing", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Inconclusive, thrown.Outcome.Verdict);
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task Experiments_name_what_is_reached_through_them_as_a_service()
    {
        using var echo = new EchoServer();
        await using var proxies = await FaultProxies.StartAsync(room.Place, Token);
        var proxy = await proxies.AddAsync("web-to-echo", echo.Address);
        var place = room.Place with
        {
            Services =
            [
                new ServiceLocation("echo", null, null) { Proxies = [proxy.For("web")] },
                new ServiceLocation("web", null, null),
                new ServiceLocation("jobs", null, null),
            ],
        };
        ExperimentBuilder Refused(string service, string from) => Chaos
            .Experiment("The echo refuses")
            .Method(method => method
                .Fault("refuse", "network.refuse", new() { ["service"] = service, ["from"] = from })
                .Probe("asked", async _ => await Record.ExceptionAsync(() => echo.AskAsync(proxy.Port, "x")) is not null, true));

        await using var run = await Refused("echo", "web").PrepareAsync(place: place);
        var planned = await run.PlanAsync();
        Assert.Contains("web-to-echo", Assert.Single(planned.Stages.SelectMany(static stage => stage.Activities), static activity =>
            activity.Change?.Kind == "network.refuse").Change!.Does, StringComparison.Ordinal);
        var outcome = await run.RunAsync(cancellationToken: Token);

        Assert.True(outcome.Verdict == Verdict.Passed, string.Join('\n', outcome.Reasons));
        Assert.Equal(1, Assert.Single(outcome.Faults).Effect!.Hits);
        await using var mistaken = await Refused("eccho", "web").PrepareAsync(place: place);
        Assert.Contains("'echo'", mistaken.Refusal!.Text, StringComparison.Ordinal);
        await using var stranger = await Refused("echo", "jobs").PrepareAsync(place: place);
        Assert.Contains("'jobs'", stranger.Refusal!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Their_end_is_told_to_who_looks()
    {
        await using var proxies = await FaultProxies.StartAsync(room.Place, Token);
        var proxy = await proxies.AddAsync("one", "127.0.0.1:1");
        Assert.False(proxies.Ended.IsCompleted);
        using var process = Process.GetProcessById(proxy.For().Process!.Value.Id);
        process.Kill();

        Assert.Contains($"process {process.Id} of the fault proxies", await proxies.Ended.WaitAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_by_it()
    {
        await using var proxies = await FaultProxies.StartAsync(room.Place, Token);
        await proxies.AddAsync("one", "127.0.0.1:1");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => proxies.AddAsync("one", "127.0.0.1:1"));

        Assert.Contains("'one'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_end_with_whoever_holds_their_input_and_their_token_goes_with_them()
    {
        var token = Path.Combine(room.Folder, "token");
        using var served = Process.Start(new ProcessStartInfo(
            RunRoom.Chaos, ["proxy", "serve", "--port", "0", "--make-token-file", token, "--until-input-ends"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Assert.StartsWith("Listening on ", await served.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token));

        served.StandardInput.Close();

        await served.WaitForExitAsync(Token);
        Assert.Equal(0, served.ExitCode);
        Assert.False(File.Exists(token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends back what it is sent.</summary>
    private sealed class EchoServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public EchoServer()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public string Address => listener.LocalEndpoint.ToString()!;

        public async Task<string> AskAsync(int port, string text)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }

        public void Dispose() => listener.Stop();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    await stream.CopyToAsync(stream);
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
            {
            }
        }
    }
}
