using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>The proxy's server and its commands as a person uses them.</summary>
public sealed class ProxyVerbsTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_server_is_controlled_by_the_commands_until_a_signal_ends_it()
    {
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        room.Write("proxies.json", $$"""[{"name":"db","upstream":"{{upstream.LocalEndpoint}}","toxics":[{"type":"noop"}]}]""");
        await using var server = await ServeAsync("--config", "proxies.json", "--seed", "7");
        var api = server.Api;

        var listed = await DoneAsync(api, "list");
        Assert.Matches(@"^db  127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+  enabled  1 toxic\n$", listed);
        Assert.Matches(
            @"^Created the proxy web  127\.0\.0\.1:\d+ -> localhost:80  enabled\n$",
            await DoneAsync(api, "create", "web", "--listen", "127.0.0.1:0", "--upstream", "localhost:80"));
        Assert.Equal(
            "Added to the proxy web: slow  latency  upstream  toxicity 0.5  jitter=0 latency=10  for 60 s\n",
            await DoneAsync(
                api,
                "toxic",
                "add",
                "web",
                "-t",
                "latency",
                "-n",
                "slow",
                "-a",
                "latency=10",
                "--upstream",
                "--toxicity",
                "0.5",
                "--ttl",
                "60"));
        Assert.Equal(
            "Updated on the proxy web: slow  latency  upstream  toxicity 0.5  jitter=2 latency=10  for 60 s\n",
            await DoneAsync(api, "toxic", "update", "web", "-n", "slow", "-a", "jitter=2"));
        Assert.Contains(
            "\n    slow  latency  upstream  toxicity 0.5  jitter=2 latency=10  for 60 s\n",
            await DoneAsync(api, "inspect", "web"),
            StringComparison.Ordinal);
        Assert.Equal("Removed from the proxy web: slow\n", await DoneAsync(api, "toxic", "delete", "--toxicName=slow", "web"));
        Assert.Contains("web  ", await DoneAsync(api, "ls"), StringComparison.Ordinal);
        Assert.Equal("The proxy web is now disabled\n", await DoneAsync(api, "toggle", "web"));
        Assert.Equal("The proxy web is now enabled\n", await DoneAsync(api, "toggle", "web"));
        Assert.Equal("Deleted the proxy web\n", await DoneAsync(api, "delete", "web"));

        var wrong = await ChaosRun.RunAsync(room, "proxy", "inspect", "web", "--api", api);
        Assert.Equal(64, wrong.ExitCode);
        Assert.Contains("proxy not found", wrong.Complaints, StringComparison.Ordinal);

        server.Run.Signal(PosixSignalNumber.Terminate);
        var end = await server.Run.EndAsync();
        Assert.True(end.ExitCode == 0, end.Said);
        var gone = await ChaosRun.RunAsync(room, "proxy", "list", "--api", api);
        Assert.Equal(2, gone.ExitCode);
        Assert.Contains("Nobody answers", gone.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_token_answers_only_who_brings_it()
    {
        room.Write("token", "a-token-of-24-characters\n");
        File.SetUnixFileMode(room.File("token"), UnixFileMode.UserRead);
        await using var server = await ServeAsync("--token-file", "token");

        Assert.Equal("There is no proxy; 'chaos proxy create' makes one.\n", await DoneAsync(server.Api, "list", "--token-file", "token"));
        var refused = await ChaosRun.RunAsync(room, "proxy", "list", "--api", server.Api);
        Assert.Equal(64, refused.ExitCode);
        Assert.Contains("token", refused.Complaints, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task A_token_can_come_by_the_standard_input()
    {
        room.Write("token", "a-token-of-24-characters\n");
        File.SetUnixFileMode(room.File("token"), UnixFileMode.UserRead);
        var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            ["-c", "(cat token; exec sleep 1000) | \"$0\" proxy serve --port 0 --token-file - > served & wait", BuiltPrograms.Chaos]);
        await using (run)
        {
            await run.UntilAsync(
                () => File.Exists(room.File("served")) && File.ReadAllText(room.File("served")).Contains('\n', StringComparison.Ordinal));
            var api = File.ReadAllText(room.File("served")).Split('\n')[0].Replace("Listening on ", "", StringComparison.Ordinal);
            Assert.Equal("There is no proxy; 'chaos proxy create' makes one.\n", await DoneAsync(api, "list", "--token-file", "token"));
            Assert.Equal(64, (await ChaosRun.RunAsync(room, "proxy", "list", "--api", api)).ExitCode);
        }

        var none = await ChaosRun.RunAsync(room, "proxy", "serve", "--port", "0", "--token-file", "-");
        Assert.Equal(64, none.ExitCode);
        Assert.Contains("a token is 16 to 4096 visible ASCII characters", none.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decisions_are_written_for_their_owner_and_read_as_the_seed_says_them()
    {
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        room.Write(
            "proxies.json",
            $$"""[{"name":"db","listen":"127.0.0.1:0","upstream":"{{upstream.LocalEndpoint}}","toxics":[{"type":"http_status"},{"type":"noop","toxicity":0.5}]}]""");
        await using (var server = await ServeAsync("--config", "proxies.json", "--seed", "7", "--decisions", "hits"))
        {
            var listed = await DoneAsync(server.Api, "list");
            var listen = listed.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            using var http = new HttpClient();
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await http.GetAsync(new Uri($"http://{listen}/a?secret=1"), TestContext.Current.CancellationToken)).StatusCode);
            server.Run.Signal(PosixSignalNumber.Terminate);
            Assert.Equal(0, (await server.Run.EndAsync()).ExitCode);
        }

        var read = await ChaosRun.RunAsync(room, "proxy", "decisions", "hits");
        Assert.Equal(0, read.ExitCode);
        Assert.Contains("""
            {"seed":7}
            {"proxy":"db","toxic":"http_status_downstream","method":"GET","path":"/a","occurrence":1}

            """.ReplaceLineEndings("\n"), read.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", File.ReadAllText(room.File("hits")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(room.File("hits")));
        }

        var missing = await ChaosRun.RunAsync(room, "proxy", "decisions", "nowhere");
        Assert.Equal(64, missing.ExitCode);
        Assert.Contains("nowhere cannot be read", missing.Complaints, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Where_decisions_find_no_room_traffic_goes_on_and_it_is_said()
    {
        Needs.That(OperatingSystem.IsLinux(), "only Linux has a device that is always full");
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        room.Write(
            "proxies.json",
            $$"""[{"name":"db","listen":"127.0.0.1:0","upstream":"{{upstream.LocalEndpoint}}","toxics":[{"type":"http_status"}]}]""");
        await using var server = await ServeAsync("--config", "proxies.json", "--decisions", "/dev/full");
        var listen = (await DoneAsync(server.Api, "list")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        using var http = new HttpClient();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await http.GetAsync(new Uri($"http://{listen}/a"), TestContext.Current.CancellationToken)).StatusCode);
        }

        server.Run.Signal(PosixSignalNumber.Terminate);
        var end = await server.Run.EndAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("Decisions are lost: cannot write to /dev/full: ", end.Said, StringComparison.Ordinal);
        Assert.Contains("3 of 3 decisions are not in /dev/full", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--decisions-mask mask < /dev/null")]
    [InlineData("--decisions-mask - < mask")]
    [InlineData("--token-file - --decisions-mask - < both")]
    public async Task A_secret_that_is_to_be_masked_is_never_in_the_file_of_decisions(string masked)
    {
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        room.Write(
            "proxies.json",
            $$"""[{"name":"db","listen":"127.0.0.1:0","upstream":"{{upstream.LocalEndpoint}}","toxics":[{"type":"http_status"}]}]""");
        room.Write("mask", "[\"hunter22\"]\n");
        room.Write("both", "a-token-of-24-characters\n[\"hunter22\"]\n");
        var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            ["-c", $"exec \"$0\" proxy serve --port 0 --config proxies.json --decisions hits {masked} > served", BuiltPrograms.Chaos]);
        await using (run)
        {
            await run.UntilAsync(
                () => File.Exists(room.File("served")) && File.ReadAllText(room.File("served")).Contains("->", StringComparison.Ordinal));
            var listen = File.ReadAllText(room.File("served")).Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            using var http = new HttpClient();
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable,
                (await http.GetAsync(new Uri($"http://{listen}/a/hunter22"), TestContext.Current.CancellationToken)).StatusCode);
            await run.UntilAsync(() => File.ReadAllText(room.File("hits")).Contains("/a/*****", StringComparison.Ordinal));
            Assert.DoesNotContain("hunter22", File.ReadAllText(room.File("hits")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}", "--decisions hits --decisions-mask mask", "mask of --decisions-mask must hold a JSON list of texts")]
    [InlineData("[5]", "--decisions hits --decisions-mask mask", "mask of --decisions-mask must hold a JSON list of texts")]
    [InlineData("hunter22", "--decisions hits --decisions-mask -", "The standard input of --decisions-mask must hold a JSON list of texts")]
    [InlineData("[]", "--decisions hits --decisions-mask nowhere", "nowhere of --decisions-mask cannot be read: ")]
    public async Task A_mask_that_cannot_be_used_lets_nothing_be_served(string mask, string words, string expected)
    {
        room.Write("mask", mask);
        await using var run = ChaosRun.StartProgram(
            "/bin/sh", room, ["-c", $"exec \"$0\" proxy serve --port 0 {words} < mask", BuiltPrograms.Chaos]);
        var end = await run.EndAsync();
        Assert.Equal(64, end.ExitCode);
        Assert.Contains(expected, end.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", end.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("hits")));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Where_clients_take_all_open_files_the_server_can_still_be_controlled(string protocol)
    {
        Needs.That(OperatingSystem.IsLinux(), "needs Linux, for its limit of open files");
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        room.Write(
            "proxies.json",
            $$"""[{"name":"db","listen":"127.0.0.1:0","upstream":"{{upstream.LocalEndpoint}}","protocol":"{{protocol}}"}]""");
        await using var server = await ServeAsync("ulimit -n 200; ", new[] { "--config", "proxies.json" });
        await server.Run.UntilAsync(() => File.ReadAllText(room.File("served")).Count(letter => letter == '\n') == 2);
        Assert.Equal(protocol == "udp", File.ReadAllLines(room.File("served"))[1].EndsWith("  udp", StringComparison.Ordinal));
        var listen = IPEndPoint.Parse((await DoneAsync(server.Api, "list")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        List<Socket> clients = [];
        try
        {
            for (var i = 0; i < 250; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, protocol == "tcp"
                    ? SocketType.Stream
                    : SocketType.Dgram, protocol == "tcp" ? ProtocolType.Tcp : ProtocolType.Udp);
                clients.Add(client);
                await client.ConnectAsync(listen, TestContext.Current.CancellationToken);
                await client.SendAsync(new byte[1], TestContext.Current.CancellationToken);
            }

            Assert.Equal("The proxy db is now disabled\n", await DoneAsync(server.Api, "toggle", "db"));
            Assert.Equal("The proxy db is now enabled\n", await DoneAsync(server.Api, "toggle", "db"));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_server_that_cannot_begin_says_why()
    {
        room.Write("bad.json", """[{"name":"db"}]""");
        var bad = await ChaosRun.RunAsync(room, "proxy", "serve", "--port", "0", "--config", "bad.json");
        Assert.Equal(64, bad.ExitCode);
        Assert.Contains("bad.json: missing required field: upstream at proxy 1", bad.Complaints, StringComparison.Ordinal);

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var late = await ChaosRun.RunAsync(room, "proxy", "serve", "--host", "127.0.0.1", "--port", port);
        Assert.Equal(64, late.ExitCode);
        Assert.Contains("address already in use", late.Complaints, StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(string api, params string[] words)
    {
        var end = await ChaosRun.RunAsync(room, ["proxy", .. words, "--api", api]);
        Assert.True(end.ExitCode == 0, end.Said);
        return end.Output;
    }

    private Task<Served> ServeAsync(params string[] words) => ServeAsync("", words.AsMemory());

    private async Task<Served> ServeAsync(string before, ReadOnlyMemory<string> words)
    {
        // Through a shell, so that its first line can be read before it ends.
        var run = ChaosRun.StartProgram("/bin/sh", room, [
            "-c", before + "exec \"$0\" \"$@\" > served", BuiltPrograms.Chaos, "proxy", "serve", "--port", "0", .. words.Span,
        ]);
        await run.UntilAsync(
            () => File.Exists(room.File("served")) && File.ReadAllText(room.File("served")).Contains('\n', StringComparison.Ordinal));
        return new Served(run, File.ReadAllText(room.File("served")).Split('\n')[0].Replace("Listening on ", "", StringComparison.Ordinal));
    }

    private sealed record Served(ChaosRun Run, string Api) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Run.DisposeAsync();
    }
}
