using System.Net;
using System.Text.Json.Nodes;
using Spectre.Console.Testing;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Tests.CommandLine;
using Turbulence.Faults;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Wizard.Questions;

/// <summary>The questions as they are asked: keys go in, an experiment comes out.</summary>
public sealed class ExperimentQuestionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole terminal = new();
    private IReadOnlyList<(int, ProcessStatus)> listening = [];

    public ExperimentQuestionsTests()
    {
        terminal.Profile.Width = 100;
        terminal.Profile.Capabilities.Interactive = true;
    }

    public void Dispose()
    {
        terminal.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Enter_takes_what_is_usual()
    {
        Say("", "", "n", "n", "");
        var (code, error) = await InitAsync();
        Assert.True(code == 0, error + terminal.Output);
        Assert.Equal("The system stays well", (string?)(await ReadAsync())["title"]);
        Assert.Contains("There is no steady state", error, StringComparison.Ordinal);
        await ValidatesAsync();
    }

    [Fact]
    public async Task A_whole_experiment_is_asked_for_and_every_screen_is_seen()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the commands need a shell");
        Say("The shop [stays] open", "One of two servers dies.", "y", "Orders are taken");
        Choose(0);
        Say("localhost:8001", "http://localhost:8001/orders", "n", "fine", "[200, 299]", "200", "");
        Choose(2);
        Say("no-such-program", "ls '/", "ls /", "/etc/", "root-is-there");
        Choose(0);
        Say("y");
        Choose(0);
        Say("http://localhost:8001/drain", "po st", "post", "drain");
        Choose(2);
        Say("kill \"$(cat primary.pid)\"", "");
        Choose(0);
        Say("y");
        Choose(1);
        Say("ls", "put-back");
        Choose(0);
        Say("y", "somewhere", "http://localhost:8001/orders@20");
        var (code, error) = await InitAsync();
        Assert.True(code == 0, error + terminal.Output);
        Golden.Matches("init-answers.json", await File.ReadAllTextAsync(folder["experiment.json"], Token));
        Golden.Matches("init-screens.txt", Screens(terminal.Output));
        await ValidatesAsync();
    }

    [Fact]
    public async Task What_was_said_on_the_command_line_is_not_asked()
    {
        Say("n", "", "");
        var (code, error) = await InitAsync("--title", "t", "--description", "d", "--url", "http://localhost:1/", "--action", "ls");
        Assert.True(code == 0, error + terminal.Output);
        var experiment = await ReadAsync();
        Assert.Equal(("t", "d"), ((string?)experiment["title"], (string?)experiment["description"]));
        Assert.Equal(
            ("http://localhost:1/", 10),
            ((string?)experiment["extensions"]![0]!["users"]!["url"], (int)experiment["extensions"]![0]!["users"]!["rate"]!));
        Assert.DoesNotContain("Title", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What shows it?", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_listens_is_offered_asked_and_expected_to_answer_as_it_does_now()
    {
        using var server = new HttpListener();
        var port = FreePort.Next();
        server.Prefixes.Add($"http://localhost:{port}/");
        server.Start();
        var answering = Task.Run(
            async () =>
            {
                var asked = await server.GetContextAsync();
                asked.Response.StatusCode = 203;
                await asked.Response.OutputStream.WriteAsync("42 numbers"u8.ToArray());
                asked.Response.Close();
            },
            Token);
        listening = [(port, ProcessTable.Find(Environment.ProcessId)!)];
        Say("", "", "y", "");
        Choose(0);
        Choose(0);
        Say("", "y", "", "shop-answers");
        Choose(0);
        Say("n", "");
        var (code, error) = await InitAsync();
        await answering;
        Assert.True(code == 0, error + terminal.Output);
        Assert.Contains("It answers 203 in ", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("42 numbers", terminal.Output, StringComparison.Ordinal);
        var probe = (await ReadAsync())["steady-state-hypothesis"]!["probes"]![0]!;
        Assert.Equal(($"http://localhost:{port}/", 203), ((string?)probe["provider"]!["url"], (int)probe["tolerance"]!));
        await ValidatesAsync();
    }

    [Fact]
    public async Task A_fault_and_load_are_asked_for_one_argument_at_a_time()
    {
        Say("", "", "n", "y");
        Choose(2);
        Choose(BuiltInKinds.All.All.Select(static kind => kind.Description.Name).ToList().IndexOf("stress.threads"));
        Say("many", "0", "3", "90000", "1", "threads");
        Choose(4);
        Say("http://localhost:8001/", "20", "never", "5", "");
        Choose(0);
        Say("");
        var (code, error) = await InitAsync();
        Assert.True(code == 0, error + terminal.Output);
        Assert.Contains("count must be a whole number from 1", terminal.Output, StringComparison.Ordinal);
        var method = (await ReadAsync())["method"]!;
        Assert.Equal(
            """{"type":"fault","kind":"stress.threads","arguments":{"count":3},"duration":1}""", method[0]!["provider"]!.ToJsonString());
        Assert.Equal(
            """{"type":"load","url":"http://localhost:8001/","rate":20,"duration":5}""", method[1]!["provider"]!.ToJsonString());
        Assert.True((bool)method[1]!["background"]!);
        await ValidatesAsync();
        var (planned, _, problem) = await ChaosCommandTests.InvokeAsync("--no-log-file plan", [folder["experiment.json"]]);
        Assert.True(planned == 0, problem);
    }

    [Theory]
    [InlineData("process.kill port=x", "port must be a whole number from 1 to 65535, not \"x\"")]
    [InlineData("process.kil port=1", "there is no kind of fault 'process.kil' (did you mean 'process.kill'?)")]
    [InlineData("process.kill 1", "'1' is not NAME=VALUE, such as port=8001")]
    [InlineData("process.kill duration=0 port=1", "duration must be a number of seconds above 0 to 3600, not 0")]
    [InlineData("process.kill", "process.kill takes exactly one of service, pid, pid_file, port and command; here it is none")]
    [InlineData("stress.threads count=2 turbo=yes", "stress.threads has no argument 'turbo'; it takes count")]
    [InlineData("stress.threads 'count=2", "it is no kind of fault with its arguments, such as process.kill port=8001")]
    public async Task A_fault_that_is_said_wrongly_is_told_in_one_line(string line, string mistake)
    {
        var (code, error) = await InitAsync("--yes", "--no-steady-state", "--fault", line);
        Assert.Equal(64, code);
        Assert.EndsWith($"--fault '{line}': {mistake}\n", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["experiment.json"]));
    }

    [Fact]
    public async Task Faults_and_asked_URLs_need_no_terminal()
    {
        var (code, error) = await InitAsync(
            "--yes",
            "--no-steady-state",
            "--fault",
            "stress.threads count=2 duration=3",
            "--fault",
            $"process.kill port={FreePort.Next()}");
        Assert.True(code == 0, error);
        Assert.Contains("would be refused now: ", error, StringComparison.Ordinal);
        Assert.Equal(
            """{"type":"fault","kind":"stress.threads","arguments":{"count":2},"duration":3}""",
            (await ReadAsync())["method"]![0]!["provider"]!.ToJsonString());
        await ValidatesAsync();
        var (unasked, said) = await InitAsync("--yes", "--force", "--ask", "--url", $"http://localhost:{FreePort.Next()}/");
        Assert.Equal(64, unasked);
        Assert.Contains("Nobody answers there now: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", 4, "mine")]
    [InlineData("", 4, "mine")]
    [InlineData("y", 0, null)]
    public async Task It_asks_before_it_replaces_a_file(string answer, int expected, string? content)
    {
        folder.Write("experiment.json", "mine");
        Say(answer, "", "", "n", "n", "n");
        var (code, error) = await InitAsync();
        Assert.Equal(expected, code);
        if (content is null)
        {
            await ValidatesAsync();
            return;
        }

        Assert.EndsWith("WARNING] Nothing was written\n", error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(folder["experiment.json"], Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A list is drawn anew for each key, and how it blinks is nobody's concern.
    private static string Screens(string output) =>
        string.Join('\n', output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private void Say(params ReadOnlySpan<string> answers)
    {
        foreach (var answer in answers)
        {
            terminal.Input.PushTextWithEnter(answer);
        }
    }

    private void Choose(int index)
    {
        for (var i = 0; i < index; i++)
        {
            terminal.Input.PushKey(ConsoleKey.DownArrow);
        }

        terminal.Input.PushKey(ConsoleKey.Enter);
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await File.ReadAllTextAsync(folder["experiment.json"], Token))!;

    private async Task<(int Code, string Error)> InitAsync(params string[] args)
    {
        await using var said = new StringWriter();
        await using var error = new StringWriter();
        var around = new Surroundings(said, error, IsTerminal: true, TimeProvider.System)
        {
            Ask = () => terminal,
            Listening = () => listening,
        };
        string[] where = ["--experiment-path", folder["experiment.json"], "--settings", folder["none.yaml"]];
        var code = await ChaosCommand.InvokeAsync(["--no-log-file", "init", .. where, .. args], around);
        Assert.Equal("", said.ToString());
        return (code, error.ToString().ReplaceLineEndings("\n"));
    }

    private async Task ValidatesAsync()
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync("--no-log-file validate", [folder["experiment.json"]]);
        Assert.True(code == 0, error);
    }
}
