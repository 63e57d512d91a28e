using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>A run in a browser, as <c>chaos run --ui</c> and <c>chaos watch</c> have it.</summary>
public sealed partial class LivePageTests : IDisposable
{
    private const string Waiting = """
        title: A run that waits
        description: d
        method:
          - type: action
            name: wait
            provider: { type: process, path: sh, arguments: [-c, 'touch waiting; while [ ! -e go ]; do sleep 0.01; done'] }
        rollbacks:
          - type: action
            name: undo
            provider: { type: process, path: sh, arguments: [-c, 'touch undoing; [ ! -e hold ] || while [ ! -e undo ]; do sleep 0.01; done; touch undone'] }
        """;

    private readonly Room room = new();
    private readonly HttpClientHandler handler = new() { UseProxy = false };

    public void Dispose()
    {
        handler.Dispose();
        room.Dispose();
    }

    [Fact]
    public async Task A_run_is_halted_on_its_page_and_says_so()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var run = await StartAsync("run", "e.yaml", "--ui");
        using var browser = await OpenAsync("err");

        using var answer = await HaltAsync(browser);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var end = await run.EndAsync();
        Assert.Equal(4, end.ExitCode);
        Assert.DoesNotContain("token", end.Output, StringComparison.Ordinal);
        Assert.Contains("Halted on its page", room.Journal()["turbulence"]!["interruption"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_sent_as_they_happen_and_the_report_at_the_end()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var run = await StartAsync("run", "e.yaml", "--ui", "--output", "json");
        using var browser = await OpenAsync("err");
        using var events = new StreamReader(await browser.GetStreamAsync("events", TestContext.Current.CancellationToken));
        while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("\"event\":\"activity-started\"", StringComparison.Ordinal))
        {
        }

        room.Write("go", "");
        var rest = await events.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"event\":\"run-ended\"", rest, StringComparison.Ordinal);
        var report = await browser.GetStringAsync("report", TestContext.Current.CancellationToken);
        Assert.Contains("A run that waits</title>", report, StringComparison.Ordinal);

        var end = await run.EndAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.All(end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.NotNull(JsonNode.Parse(line)));
    }

    [Fact]
    public async Task Where_the_port_is_taken_nothing_is_run()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        room.Write("e.yaml", Waiting);
        var end = await ChaosRun.RunAsync(
            room, "run", "e.yaml", "--ui-port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(64, end.ExitCode);
        Assert.Contains("nothing was run", end.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("waiting")));
    }

    [Fact]
    public async Task A_run_of_another_process_is_watched_and_halted()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var run = await StartAsync("run", "e.yaml");
        await using var watch = ChaosRun.StartProgram("/bin/sh", room, "-c", "exec \"$0\" watch >watched 2>&1", BuiltPrograms.Chaos);
        await watch.UntilAsync(() => Said("watched").Contains("token=", StringComparison.Ordinal));
        Assert.StartsWith("Watch 'A run that waits' at http://127.0.0.1:", Said("watched"), StringComparison.Ordinal);
        using var browser = await OpenAsync("watched");

        using var answer = await HaltAsync(browser);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(4, (await run.EndAsync()).ExitCode);
        Assert.Equal(0, (await watch.EndAsync()).ExitCode);
        Assert.Contains("The run is over", Said("watched"), StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Who_halts_a_watched_run_again_and_again_leaves_no_rollback_out()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        room.Write("hold", "");
        await using var run = await StartAsync("run", "e.yaml");
        await using var watch = ChaosRun.StartProgram("/bin/sh", room, "-c", "exec \"$0\" watch >watched 2>&1", BuiltPrograms.Chaos);
        await watch.UntilAsync(() => Said("watched").Contains("token=", StringComparison.Ordinal));
        using var browser = await OpenAsync("watched");
        using (await HaltAsync(browser))
        {
            await run.UntilAsync(() => File.Exists(room.File("undoing")));
        }

        for (var again = 0; again < 3; again++)
        {
            using var answer = await HaltAsync(browser);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        room.Write("undo", "");
        Assert.Equal(4, (await run.EndAsync()).ExitCode);
        Assert.True(File.Exists(room.File("undone")));
    }

    [GateFact]
    public async Task Who_stops_watching_does_not_stop_the_run()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var run = await StartAsync("run", "e.yaml");
        await using var watch = ChaosRun.StartProgram(
            "/bin/sh", room, "-c", "exec \"$0\" watch journal.json >watched 2>&1", BuiltPrograms.Chaos);
        await watch.UntilAsync(() => Said("watched").Contains("token=", StringComparison.Ordinal));
        watch.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(0, (await watch.EndAsync()).ExitCode);

        room.Write("go", "");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [GateFact]
    public async Task A_runner_that_is_killed_is_said_to_be_gone()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var run = await StartAsync("run", "e.yaml");
        await using var watch = ChaosRun.StartProgram("/bin/sh", room, "-c", "exec \"$0\" watch >watched 2>&1", BuiltPrograms.Chaos);
        await watch.UntilAsync(() => Said("watched").Contains("token=", StringComparison.Ordinal));
        run.Signal(PosixSignalNumber.Kill);

        Assert.Equal(0, (await watch.EndAsync()).ExitCode);
        Assert.Contains("its journal has no end", Said("watched"), StringComparison.Ordinal);

        // Nobody is known to write it from here on.
        await using var late = ChaosRun.StartProgram(
            "/bin/sh", room, "-c", "exec \"$0\" watch journal.json >late 2>&1", BuiltPrograms.Chaos);
        await late.UntilAsync(() => Said("late").Contains("token=", StringComparison.Ordinal));
        Assert.Contains("No run that goes on here writes", Said("late"), StringComparison.Ordinal);
        late.Signal(PosixSignalNumber.Terminate);
        Assert.Equal(0, (await late.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("watch", "nobody")]
    [InlineData("history", "no-such-folder")]
    public async Task Where_there_is_nothing_to_be_seen_that_is_said(params string[] arguments)
    {
        var end = await ChaosRun.RunAsync(room, arguments);
        Assert.Equal(64, end.ExitCode);
        Assert.NotEmpty(end.Complaints);
    }

    // What is said on the standard error is needed while the command goes on.
    private async Task<ChaosRun> StartAsync(params string[] arguments)
    {
        room.Write("e.yaml", Waiting);
        var run = ChaosRun.StartProgram("/bin/sh", room, ["-c", "exec \"$0\" \"$@\" 2>err", BuiltPrograms.Chaos, .. arguments]);
        await run.UntilAsync(() => File.Exists(room.File("waiting")) && File.Exists(room.File("journal.json")));
        return run;
    }

    private string Said(string file) => File.Exists(room.File(file)) ? File.ReadAllText(room.File(file)) : "";

    private async Task<HttpClient> OpenAsync(string file)
    {
        var address = new Uri(Address().Match(Said(file)).Value);
        var browser = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Path)) };
        using var page = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser;
    }

    private static async Task<HttpResponseMessage> HaltAsync(HttpClient browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "halt");
        request.Headers.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\w+/\?token=\w+")]
    private static partial Regex Address();
}
