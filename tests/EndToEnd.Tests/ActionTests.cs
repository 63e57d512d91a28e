namespace EndToEnd.Tests;

/// <summary>What the action for GitHub does between the runner's own steps, as the runner has it do it.</summary>
public sealed class ActionTests : IDisposable
{
    private static readonly string Action = Path.Combine(BuiltProgram.Root, ".ci", "action");

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("true", 0, "passed")]
    [InlineData("false", 1, "deviated")]
    public async Task What_a_run_has_shown_is_in_the_summary_the_outputs_the_reports_and_the_exit_code(
        string method, int code, string verdict)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var end = await RunAsync(Experiment(method), "--var word=a b  c\n\n  --seed 7  ");
        Assert.Equal(code, end.ExitCode);
        Assert.Equal(
            $"verdict={verdict}\nexit-code={code}\njournal=out put/journal.json\n", File.ReadAllText(room.File("outputs")));
        Assert.StartsWith($"## The name's \\`\\`: {verdict}\n", File.ReadAllText(room.File("summary")), StringComparison.Ordinal);
        Assert.Equal(
            ["journal.json", "report.html", "report.md", "report.sarif", "report.xml"],
            Directory.GetFiles(room.File("out put")).Select(Path.GetFileName).Order());
        var journal = File.ReadAllText(room.File("out put/journal.json"));
        Assert.Contains("\"seed\": 7", journal, StringComparison.Ordinal);
        Assert.Contains("a b  c", journal, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Where_nothing_is_run_nothing_of_an_earlier_run_is_shown_for_it()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        Assert.Equal(0, (await RunAsync(Experiment("true"), "--var word=x")).ExitCode);
        File.Delete(room.File("outputs"));
        File.Delete(room.File("summary"));

        var end = await RunAsync("""{ "title": "none" }""", "");
        Assert.Equal(64, end.ExitCode);
        Assert.Equal("verdict=refused\nexit-code=64\njournal=out put/journal.json\n", File.ReadAllText(room.File("outputs")));
        Assert.StartsWith("## Chaos: nothing was run\n", File.ReadAllText(room.File("summary")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(room.File("out put")));
    }

    [Fact]
    public async Task Of_a_run_that_was_killed_it_is_shown_how_far_it_came()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var end = await RunAsync(
            """
            {
              "title": "Killed", "description": "what the action is tried with", "method": [
                { "type": "action", "name": "kill", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "kill -9 $PPID"] } }
              ]
            }
            """,
            "");
        Assert.Equal(137, end.ExitCode);
        Assert.Equal("verdict=unfinished\nexit-code=137\njournal=out put/journal.json\n", File.ReadAllText(room.File("outputs")));
        Assert.StartsWith("## Killed: unfinished\n", File.ReadAllText(room.File("summary")), StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(room.File("out put")).Length);
    }

    [Fact]
    public async Task What_stands_in_an_argument_is_no_command()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var end = await RunAsync(Experiment("true"), "--var word=$(touch planted); touch planted `touch planted` * \"q\"");
        Assert.Equal(0, end.ExitCode);
        Assert.False(File.Exists(room.File("planted")));
        Assert.Contains(
            "$(touch planted); touch planted `touch planted` * \\\"q\\\"", File.ReadAllText(room.File("out put/journal.json")), StringComparison.Ordinal);
    }

    private async Task<ChaosEnd> RunAsync(string experiment, string arguments)
    {
        room.Write("an experiment.json", experiment);
        await using var run = ChaosRun.StartProgram(
            Action,
            room,
            new Dictionary<string, string>
            {
                ["CHAOS"] = BuiltPrograms.Chaos,
                ["CHAOS_EXPERIMENT"] = "an experiment.json",
                ["CHAOS_ARGUMENTS"] = arguments,
                ["CHAOS_FOLDER"] = "out put",
                ["GITHUB_OUTPUT"] = room.File("outputs"),
                ["GITHUB_STEP_SUMMARY"] = room.File("summary"),
            });
        return await run.EndAsync();
    }

    // Its method ends as the program that is named does.
    private static string Experiment(string program) => $$"""
        {
          "title": "The name's ``", "description": "what the action is tried with",
          "configuration": { "word": { "type": "env", "key": "NOBODY_HAS_THIS", "default": "none" } },
          "method": [
            { "type": "action", "name": "say", "provider": { "type": "process", "path": "echo", "arguments": ["${word}"] } },
            { "type": "probe", "name": "ask", "tolerance": 0, "provider": { "type": "process", "path": "{{program}}" } }
          ]
        }
        """;
}
