using System.Text.Json.Nodes;
using Spectre.Console.Testing;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Wizard.Questions;

/// <summary>The questions as they are asked: keys go in, an experiment comes out.</summary>
public sealed class ExperimentQuestionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole terminal = new();

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
        Say("localhost:8001", "http://localhost:8001/orders", "fine", "[200, 299]", "200", "");
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
        var around = new Surroundings(said, error, IsTerminal: true, TimeProvider.System) { Ask = () => terminal };
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
