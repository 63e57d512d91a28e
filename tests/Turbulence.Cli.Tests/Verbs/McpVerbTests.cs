using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Verbs;

/// <summary>The server as an agent meets it: by the official client, and by lines that no client would send.</summary>
public sealed class McpVerbTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_looks_and_cannot_run_unless_a_person_says_so()
    {
        await using var client = await ConnectAsync();
        Assert.Equal(["discover", "doctor", "validate", "plan", "explain", "runs"], await NamesAsync(client));
        await using var runner = await ConnectAsync("--allow-run");
        Assert.Equal(["discover", "doctor", "validate", "plan", "explain", "runs", "run", "halt"], await NamesAsync(runner));
        var (refused, isError) = await CallAsync(client, "discover", ("what", "faults"), ("named", "process."));
        Assert.False(isError);
        Assert.Equal(
            ["process.kill", "process.pause", "process.restart"], refused["faults"]!.AsArray().Select(kind => (string?)kind!["name"]));
        await Assert.ThrowsAsync<McpProtocolException>(() => CallAsync(client, "run", ("experiment", "x.json")));
    }

    [Fact]
    public async Task It_finds_problems_plans_and_says_what_is_not_allowed()
    {
        folder.Write("broken.json", """{"title": "t", "description": "d", "method": [{"type": "action"}]}""");
        Quick("good.json");
        await using var client = await ConnectAsync();
        var (found, _) = await CallAsync(client, "validate", ("experiment", "broken.json"));
        Assert.False((bool)found["valid"]!);
        Assert.NotEmpty(found["problems"]!.AsArray());
        var (good, _) = await CallAsync(client, "validate", ("experiment", "good.json"));
        Assert.True((bool)good["valid"]!, good.ToJsonString());
        var (plan, isError) = await CallAsync(client, "plan", ("experiment", "good.json"));
        Assert.False(isError, plan.ToJsonString());
        Assert.Equal("this server was started without --allow-run: a person has to run it", (string?)plan["not_allowed"]);
        var (wrong, isWrong) = await CallAsync(client, "plan", ("experiment", "broken.json"));
        Assert.True(isWrong);
        Assert.StartsWith("it cannot be planned: ", (string?)wrong["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_and_explains_it_afterwards()
    {
        Quick("good.json");
        await using var client = await ConnectAsync("--allow-run");
        var (answer, isRefused) = await CallAsync(client, "run", ("experiment", "good.json"));
        Assert.False(isRefused);
        Assert.Equal(("passed", 0), ((string?)answer["verdict"], (int)answer["exit_code"]!));
        var journal = Path.GetFileName((string)answer["journal"]!);
        Assert.StartsWith("journal-", journal, StringComparison.Ordinal);
        var (explained, isError) = await CallAsync(client, "explain", ("journal", journal));
        Assert.False(isError);
        Assert.Equal("passed", (string?)explained["verdict"]);
        Assert.Contains("touch", (string?)explained["report"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_on_is_told_before_the_answer()
    {
        Quick("good.json");
        await using var server = Start(StartedCommand.Program, "mcp", "--allow-run");
        using var answers = new StreamReader(server.StandardOutput);
        await SendAsync(
            server,
            Initialize,
            """{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "run", "arguments": {"experiment": "good.json"}, "_meta": {"progressToken": "p"}}}""");

        // The official client forgets what was told just before an answer: it has stopped to listen when it gets to it.
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        List<JsonNode> got = [];
        while (!got.Exists(static message => message["id"]?.ToJsonString() == "1"))
        {
            got.Add(JsonNode.Parse((await answers.ReadLineAsync(limit.Token))!)!);
        }

        var told = got.Where(static message => (string?)message["method"] == "notifications/progress").Select(static message => message["params"]!).ToList();
        Assert.All(told, static message => Assert.Equal("p", (string?)message["progressToken"]));
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(static message => (int)message["progress"]!));
        Assert.Contains(told, static message => ((string?)message["message"])!.Contains("Action: touch", StringComparison.Ordinal));
        await server.StandardInput.DisposeAsync();
        await server.WaitForExitAsync(limit.Token);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("link.json")]
    [InlineData("linked/outside.json")]
    [InlineData("/etc/passwd")]
    [InlineData("http://localhost:1/x.json")]
    [InlineData("sub/../../outside.json")]
    [InlineData("")]
    [InlineData("none.json")]
    [InlineData(".")]
    public async Task No_path_leads_out_of_the_folder(string path)
    {
        using var outside = new TemporaryFolder();
        var experiment = outside.Write("outside.json", """{"title": "t", "description": "d", "method": []}""");
        Directory.CreateDirectory(folder["room/sub"]);
        File.Copy(experiment, folder["outside.json"]);
        File.CreateSymbolicLink(folder["room/link.json"], experiment);
        File.CreateSymbolicLink(folder["room/linked"], outside.Path);
        await using var client = await ConnectAsync("--allow-run", "--folder", "room");
        foreach (var tool in (string[])["validate", "plan", "run"])
        {
            var (answer, isError) = await CallAsync(client, tool, ("experiment", path));
            Assert.True(isError, answer.ToJsonString());
            Assert.DoesNotContain("root:", answer.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder["room"]).Count());
    }

    [Fact]
    public async Task Only_the_kinds_that_are_allowed_are_run()
    {
        folder.Write(
            "stress.json",
            """
            {"title": "t", "description": "d", "method": [{"type": "action", "name": "s",
              "provider": {"type": "fault", "kind": "stress.threads", "arguments": {"count": 1}, "duration": 1}}]}
            """);
        await using var client = await ConnectAsync("--allow-run", "--allow-kinds", "process.*", "--allow-kinds", "dns.hosts");
        var (answer, isError) = await CallAsync(client, "run", ("experiment", "stress.json"));
        Assert.True(isError);
        Assert.Equal(
            "it is not run: faults of the kind stress.threads are not allowed here, but process.*, dns.hosts (--allow-kinds)",
            (string?)answer["error"]);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "journal-*"));
    }

    [Fact]
    public async Task A_cancelled_call_stops_the_run_and_there_is_one_at_a_time()
    {
        Slow("slow.json");
        await using var client = await ConnectAsync("--allow-run");
        using var cancel = new CancellationTokenSource();
        var running = client.CallToolAsync(
            "run", new Dictionary<string, object?> { ["experiment"] = "slow.json" }, cancellationToken: cancel.Token).AsTask();
        await Eventually.HoldsAsync(() => File.Exists(folder["begun"]));
        var (second, isError) = await CallAsync(client, "run", ("experiment", "slow.json"));
        Assert.True(isError);
        Assert.StartsWith("a run goes on", (string?)second["error"], StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Eventually.HoldsAsync(() => File.Exists(folder["rolled-back"]));
    }

    [Fact]
    public async Task Halt_stops_the_run_and_the_caller_gets_its_verdict()
    {
        Slow("slow.json");
        await using var client = await ConnectAsync("--allow-run");
        var running = CallAsync(client, "run", ("experiment", "slow.json"));
        await Eventually.HoldsAsync(() => File.Exists(folder["begun"]));
        var (halted, _) = await CallAsync(client, "halt");
        Assert.True((bool)halted["halted"]!);
        Assert.True(File.Exists(folder["rolled-back"]));
        Assert.Equal("interrupted", (string?)(await running).Answer["verdict"]);
        Assert.False((bool)(await CallAsync(client, "halt")).Answer["halted"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_gone_stops_its_run(bool isKilled)
    {
        Slow("slow.json");
        folder.Write("requests", string.Concat(
            ((string[])[Initialize, Initialized, Call(2, "run", """{"experiment": "slow.json"}""")]).Select(static line => line + "\n")));

        // What the client is to the server is the process at the other end of its standard input.
        await using var server = Start(
            "/bin/sh",
            "-c",
            "mkfifo pipe; sh -c 'cat requests; exec sleep 600' > pipe & echo $! > client; "
                + $"exec '{StartedCommand.Program}' mcp --allow-run < pipe");
        await Eventually.HoldsAsync(() => File.Exists(folder["begun"]));
        var client = ProcessTable.Find(int.Parse(await File.ReadAllTextAsync(folder["client"], Token), CultureInfo.InvariantCulture))!;
        Assert.True(ProcessHandle.TryOpen(client.Identity, out var handle, out _));
        using (handle)
        {
            handle.Signal(isKilled ? PosixSignalNumber.Kill : PosixSignalNumber.Terminate);
        }

        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        await server.WaitForExitAsync(limit.Token);
        Assert.True(File.Exists(folder["rolled-back"]));
    }

    [Fact]
    public async Task What_is_no_message_is_answered_or_left_out_and_the_server_goes_on()
    {
        await using var server = Start(StartedCommand.Program, "mcp");
        using var answers = new StreamReader(server.StandardOutput);
        await SendAsync(
            server,
            Call(1, "runs", "{}"),
            "not json",
            """{"jsonrpc": "2.0", "id": 1, "id": 2, "method": "ping"}""",
            """{"jsonrpc": "2.0", "id": 2, "method": "\ud800"}""",
            """{"jsonrpc": "2.0", "id": "\ud800", "method": "ping"}""",
            """{"jsonrpc": "2.0"}""",
            """[{"jsonrpc": "2.0", "id": 3, "method": "ping"}]""",
            $$"""{"jsonrpc": "2.0", "id": 4, "method": "{{new string('x', 3 << 20)}}"}""",
            Initialize.Replace("2025-06-18", "1999-01-01", StringComparison.Ordinal),
            Initialized,
            """{"jsonrpc": "2.0", "id": 5, "method": "no/such"}""",
            Call(6, "nothing", "{}"),
            Call(7, "discover", """{"what": "everything"}"""),
            Call(8, "discover", """{"what": 5}"""),
            Call(9, "validate", $$"""{"experiment": "{{new string('a', 5000)}}"}"""),
            Call(10, "plan", """{"experiment": "x", "force": "yes"}"""),
            Call(11, "runs", "{}"));
        List<JsonNode> got = [];
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (Enumerable.Range(4, 8).Any(id => got.TrueForAll(message => message["id"]?.ToJsonString() != $"{id}")))
        {
            // Whatever stands on the standard output is a message; which call is done first is not said.
            got.Add(JsonNode.Parse((await answers.ReadLineAsync(limit.Token))!)!);
        }

        Assert.All(got, static message => Assert.Equal("2.0", (string?)message["jsonrpc"]));
        JsonNode Answer(int id) => got.Single(message => message["id"]?.ToJsonString() == $"{id}");
        Assert.Equal(
            ["-32700", "-32700", "-32700", "-32700", "-32600", "-32600"],
            got.Where(static message => message["id"] is null).Select(static message => message["error"]?["code"]?.ToJsonString()));
        Assert.Equal("2025-11-25", (string?)Answer(0)["result"]!["protocolVersion"]);
        Assert.Contains("message/too-long", (string?)Answer(4)["error"]!["message"], StringComparison.Ordinal);
        Assert.NotNull(Answer(5)["error"]);
        Assert.NotNull(Answer(6)["error"]);
        (int, string)[] refusals =
        [
            (7, "what must be one of faults, toxics, providers"),
            (8, "what must be a text"),
            (9, "experiment is longer than 4096 characters"),
            (10, "plan has no argument 'force'; it takes experiment"),
        ];
        foreach (var (id, text) in refusals)
        {
            Assert.True((bool)Answer(id)["result"]!["isError"]!);
            Assert.Equal(text, (string?)Answer(id)["result"]!["structuredContent"]!["error"]);
        }

        Assert.NotNull(Answer(11)["result"]!["structuredContent"]!["runs"]);
        await server.StandardInput.DisposeAsync();
        Assert.Equal(0, (await server.WaitForExitAsync(limit.Token)).ReturnCode);
    }

    [Fact]
    public async Task A_signal_ends_it_while_it_waits()
    {
        await using var server = Start(StartedCommand.Program, "mcp");
        using var answers = new StreamReader(server.StandardOutput);
        await SendAsync(server, Initialize);
        Assert.NotNull(await answers.ReadLineAsync(Token));
        server.Signal(PosixSignalNumber.Terminate);
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        Assert.Equal(4, (await server.WaitForExitAsync(limit.Token)).ReturnCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_keeps_no_run_and_no_server()
    {
        Slow("slow.json");
        await using var server = Start(StartedCommand.Program, "mcp", "--allow-run");
        await SendAsync(server, Initialize, Call(1, "run", """{"experiment": "slow.json"}"""));
        await Eventually.HoldsAsync(() => File.Exists(folder["begun"]));

        // More answers than the stream between the two has room for, and nobody reads one.
        await SendAsync(server, [.. Enumerable.Range(2, 40).Select(static id => Call(id, "discover", """{"what": "faults"}"""))]);
        server.Signal(PosixSignalNumber.Terminate);
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        Assert.Equal(4, (await server.WaitForExitAsync(limit.Token)).ReturnCode);
        Assert.True(File.Exists(folder["rolled-back"]));
    }

    [Theory]
    [InlineData("mcp --allow-kinds process.kill", "--allow-kinds is about runs, which --allow-run allows")]
    [InlineData("mcp --allow-run --allow-kinds process.kil", "there is no kind of fault 'process.kil'")]
    public async Task What_a_person_allows_has_to_make_sense(string line, string mistake)
    {
        var (code, said, error) = await CommandLine.ChaosCommandTests.InvokeAsync(line);
        Assert.Equal((64, "", $"chaos: {mistake}\nTry 'chaos mcp --help'.\n"), (code, said, error));
    }

    private const string Initialize =
        """
        {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo":
        """
        + """ {"name": "t", "version": "1"}}}""";

    private const string Initialized = """{"jsonrpc": "2.0", "method": "notifications/initialized"}""";

    private static string Call(int id, string tool, string arguments) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"jsonrpc": "2.0", "id": {{id}}, "method": "tools/call", "params": """)
        + $$"""{"name": "{{tool}}", "arguments": {{arguments}}} }""";

    private static async Task SendAsync(ChildProcess server, params string[] lines)
    {
        await server.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n"))), Token);
        await server.StandardInput.FlushAsync(Token);
    }

    private static async Task<(JsonNode Answer, bool IsError)> CallAsync(
        McpClient client, string tool, params (string Name, string Value)[] arguments)
    {
        var result = await client.CallToolAsync(
            tool, arguments.ToDictionary(static one => one.Name, static one => (object?)one.Value), cancellationToken: Token);
        return (JsonNode.Parse(((TextContentBlock)result.Content[0]).Text)!, result.IsError == true);
    }

    private static async Task<IEnumerable<string>> NamesAsync(McpClient client) =>
        (await client.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name);

    private async Task<McpClient> ConnectAsync(params string[] options) => await McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = StartedCommand.Program,
            Arguments = ["mcp", .. options],
            WorkingDirectory = folder.Path,
            EnvironmentVariables = Own().ToDictionary(static one => one.Key, static one => (string?)one.Value),
        }),
        new McpClientOptions { InitializationTimeout = 2 * Patience },
        cancellationToken: Token);

    private ChildProcess Start(string program, params string[] arguments)
    {
        var options = new ProcessStartOptions
        {
            FileName = program,
            Arguments = arguments,
            WorkingDirectory = folder.Path,
            Environment = new ProcessEnvironment(
                ProcessEnvironment.OfProcess.Where(one => !Own().ContainsKey(one.Key)).Concat(Own())),
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return process;
    }

    private Dictionary<string, string> Own() => new() { ["TURBULENCE_STATE"] = folder[".state"], ["HOME"] = folder[".home"] };

    private void Quick(string name) => folder.Write(
        name,
        """
        {"title": "t", "description": "d", "method": [{"type": "action", "name": "touch", "provider": {"type": "process", "path": "true"}}]}
        """);

    private void Slow(string name) => folder.Write(
        name,
        """
        {"title": "t", "description": "d",
         "method": [{"type": "action", "name": "begin", "pauses": {"after": 600},
           "provider": {"type": "process", "path": "touch", "arguments": ["begun"]}}],
         "rollbacks": [{"type": "action", "name": "back",
           "provider": {"type": "process", "path": "touch", "arguments": ["rolled-back"]}}]}
        """);
}
