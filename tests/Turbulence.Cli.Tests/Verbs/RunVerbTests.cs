using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class RunVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_says_its_lines_and_leaves_a_journal_and_a_log()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, error) = await RunAsync(SampleExperiments.Passing, "--var", "word=hi", "--log-file", folder["my.log"]);
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "Validating the experiment's syntax", "Experiment looks valid", "Running experiment: Say hi",
                "Steady-state strategy: default",
                "Rollbacks strategy: default", "Steady state hypothesis: All is well", "Probe: ok", "Steady state hypothesis is met!",
                "Playing your experiment's method now...", "Action: act", "Steady state hypothesis: All is well", "Probe: ok",
                "Steady state hypothesis is met!", "Let's rollback...", "No declared rollbacks, let's move on.",
                "Experiment ended with status: completed", "  what users felt was not measured",
                $"journal: {folder["journal.json"]}",
            ],
            Texts(error).Where(static line => !line.StartsWith("Verdict: passed (exit code 0)", StringComparison.Ordinal)));
        Assert.Equal("completed", (string?)JsonNode.Parse(await File.ReadAllTextAsync(folder["journal.json"], Token))!["status"]);
        Assert.Contains(
            "[activities:activity-started] Action: act", await File.ReadAllTextAsync(folder["my.log"], Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 64)]
    [InlineData(false, true, 1)]
    public async Task The_lines_of_a_run_go_to_the_standard_output_and_complaints_to_the_standard_error(
        bool isValid, bool compatible, int expected)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var lines = new StringWriter();
        await using var complaints = new StringWriter();
        string[] mode = compatible ? ["--compat", "chaostoolkit"] : [];
        var code = await ChaosCommand.InvokeAsync(
            ["--no-log-file", "--settings", folder["none.yaml"], .. mode, "run", folder.Write(
                "experiment.json", isValid ? SampleExperiments.Passing : """{ "description": "d", "method": [] }"""),
                "--var", "word=hi", "--journal-path", folder["journal.json"]],
            new Surroundings(lines, complaints, IsTerminal: false, TimeProvider.System));
        Assert.Equal(expected, code);
        var (said, told) = (lines.ToString(), complaints.ToString());
        var (spoken, silent) = compatible ? (told, said) : (said, told);
        Assert.Contains("Validating the experiment's syntax", spoken, StringComparison.Ordinal);
        if (isValid)
        {
            Assert.Contains("Experiment ended with status: completed", spoken, StringComparison.Ordinal);
            Assert.Equal("", silent);
        }
        else
        {
            Assert.Contains("title", told, StringComparison.Ordinal);
            Assert.DoesNotContain("title", said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Programs_get_each_event_as_a_line_of_JSON_and_people_their_lines_beside_it(bool compatible)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var lines = new StringWriter();
        await using var complaints = new StringWriter();
        string[] mode = compatible ? ["--compat", "chaostoolkit"] : [];
        var code = await ChaosCommand.InvokeAsync(
            ["--no-log-file", "--settings", folder["none.yaml"], .. mode, "run", folder.Write("experiment.json", SampleExperiments.Passing),
                "--output", "json", "--var", "word=hi", "--journal-path", folder["journal.json"]],
            new Surroundings(lines, complaints, IsTerminal: true, TimeProvider.System) { AreLinesOnTerminal = true });
        Assert.Equal(0, code);
        var events = lines.ToString().TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var timeline = JsonNode.Parse(await File.ReadAllTextAsync(folder["journal.json"], Token))!["turbulence"]!["timeline"]!.AsArray();
        var seen = events.Where(one => (string?)one["level"] is not ("debug" or "information")).ToList();

        // The end is written into the journal before it is told.
        Assert.Equal(timeline.SkipLast(1).Select(one => one!.ToJsonString()), seen.SkipLast(1).Select(one => one.ToJsonString()));
        Assert.Equal(("run-ended", "passed"), ((string?)events[^1]["event"], (string?)events[^1]["verdict"]));
        Assert.Contains("Experiment ended with status: completed", complaints.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", 1, "A weakness that w.json does not name: in the method: probe 'ask' missed its tolerance")]
    [InlineData("""[{ "experiment": "e", "rule": "tolerance-missed", "stage": "method", "activity": "ask" }]""", 0, "The run deviated as w.json says, and in nothing else (1 known): exit code 0")]
    [InlineData(
        """[{ "experiment": "e", "rule": "tolerance-missed", "stage": "method", "activity": "ask" }, { "experiment": "e", "rule": "users-felt-more", "stage": "users" }]""",
        1,
        "A weakness that w.json names did not occur: users-felt-more in the stage users. Take it off the list")]
    [InlineData("""[{ "experiment": "e" }]""", 64, "/weaknesses/0: 'rule' is missing; nothing was run")]
    public async Task A_known_weakness_does_not_fail_a_pipeline_and_a_new_one_and_one_that_is_gone_do(
        string list, int expected, string said)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        folder.Write("w.json", $$"""{ "weaknesses": {{list}} }""");
        var (code, error) = await RunAsync(
            """
            { "title": "e", "description": "d", "method": [
              { "type": "probe", "name": "ask", "tolerance": 0, "provider": { "type": "process", "path": "false" } }] }
            """,
            "--weaknesses",
            folder["w.json"]);
        Assert.Equal(expected, code);
        Assert.Contains(said, error.Replace(folder["w.json"], "w.json", StringComparison.Ordinal), StringComparison.Ordinal);

        // The verdict is what it was.
        Assert.Equal(expected != 64, error.Contains("Verdict: deviated (exit code 1)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_wants_it_quiet_hears_the_verdict_alone_of_a_run_that_passes(bool isTerminal)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        await using var lines = new StringWriter();
        await using var complaints = new StringWriter();
        var code = await ChaosCommand.InvokeAsync(
            ["--no-log-file", "--settings", folder["none.yaml"], "run", folder.Write("experiment.json", SampleExperiments.Passing), "--quiet",
                "--report", folder["r.md"], "--var", "word=hi", "--journal-path", folder["journal.json"]],
            new Surroundings(lines, complaints, IsTerminal: isTerminal, TimeProvider.System));
        Assert.Equal(0, code);
        Assert.StartsWith("Verdict: passed (exit code 0) after ", Assert.Single(Texts(lines.ToString())), StringComparison.Ordinal);
        Assert.Equal("", complaints.ToString());
        Assert.True(File.Exists(folder["r.md"]));
    }

    [Fact]
    public async Task Who_wants_it_quiet_hears_why_a_run_has_not_passed_and_its_exit_code_is_the_same()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, said) = await RunAsync(
            """
            { "title": "e", "description": "d", "method": [
              { "type": "probe", "name": "ask", "tolerance": 0, "provider": { "type": "process", "path": "false" } }] }
            """,
            "--quiet");
        Assert.Equal(1, code);
        Assert.All(Texts(said), static line => Assert.DoesNotContain("Probe: ask", line, StringComparison.Ordinal));
        Assert.Contains(Texts(said), static line => line.StartsWith("Verdict: deviated (exit code 1)", StringComparison.Ordinal));
        Assert.Contains(Texts(said), static line => line.StartsWith("  because ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quiet_and_verbose_is_a_mistake_and_nothing_is_run()
    {
        var (code, error) = await RunAsync(SampleExperiments.Passing, "--quiet", "--verbose");
        Assert.Equal(64, code);
        Assert.Contains("--quiet leaves out what --verbose asks for; give one of the two", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["journal.json"]));
    }

    [Fact]
    public async Task What_was_written_is_said_and_what_was_not_is_not_said_to_be_there()
    {
        Needs.That(File.Exists("/dev/full"), "a device that is always full is needed");
        File.CreateSymbolicLink(folder["full.html"], "/dev/full");
        var (code, error) = await RunAsync(
            SampleExperiments.Passing, "--var", "word=hi", "--report", folder["r.md"], "--report", folder["full.html"]);
        Assert.Equal(2, code);
        var said = Texts(error);
        Assert.Contains($"report: {folder["r.md"]}", said);
        Assert.Contains($"journal: {folder["journal.json"]}", said);
        Assert.DoesNotContain(said, line => line == $"report: {folder["full.html"]}");
        Assert.Contains(said, line => line.StartsWith($"The report {folder["full.html"]} cannot be written: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_completed_is_no_pass_and_the_last_line_says_so()
    {
        Needs.That(File.Exists("/dev/full"), "a device that is always full is needed");
        var (code, error) = await RunAsync(SampleExperiments.Passing, "--var", "word=hi", "--journal-path", "/dev/full");
        Assert.Equal(2, code);
        Assert.Contains("Verdict: failed", error, StringComparison.Ordinal);
        Assert.StartsWith("The journal /dev/full is not complete: ", Texts(error)[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("passed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_is_told_with_its_place_and_nothing_is_run()
    {
        var (code, error) =
            await RunAsync(
                "{\n  \"title\": \"t\",\n  \"description\": \"d\",\n  \"method\": [\n    { \"type\": \"acton\", \"name\": \"a\" }\n  ],\n  \"rollbacks\": 5\n}\n");
        Assert.Equal(64, code);
        var lines = error.TrimEnd('\n').Split('\n')[1..].Where(IsNoExcerpt).ToArray();
        Assert.Contains(lines, line => line.StartsWith(
            $"{folder["experiment.json"]}:7:16: error: rollbacks must be a list (at /rollbacks)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("experiment.json:5:", StringComparison.Ordinal));
        Assert.Matches(@"^\d errors", lines[^1]);
        Assert.Equal(lines.Length - 1, int.Parse(lines[^1][..1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(File.Exists(folder["journal.json"]));
    }

    [Fact]
    public async Task The_reference_mode_tells_the_first_error_in_the_reference_s_form()
    {
        var (code, error) = await RunAsync("{ \"description\": \"d\", \"method\": 5 }", "--compat", "chaostoolkit");
        Assert.Equal(1, code);
        Assert.Equal(["Validating the experiment's syntax", "experiment requires a title"], Texts(error));
        Assert.Contains(" ERROR] experiment requires a title", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "Failed parsing JSON experiment")]
    [InlineData("", "an empty experiment is not an experiment")]
    [InlineData("[1]", "an experiment is an object, not a list")]
    public async Task What_cannot_be_loaded_is_one_line(string content, string message)
    {
        var (code, error) = await RunAsync(content);
        Assert.Equal(64, code);
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n'), IsNoExcerpt), StringComparison.Ordinal);
    }

    // The line of the file and the caret below an error.
    private static bool IsNoExcerpt(string line) => !line.Contains(" | ", StringComparison.Ordinal);

    [Theory]
    [InlineData("--var", "novalue", "Invalid value for '--var'")]
    [InlineData("--var-file", "/no/such/file.json", "variable file '/no/such/file.json' cannot be read")]
    [InlineData("--change-dir", "/no/such/folder", "Cannot move to /no/such/folder")]
    [InlineData("--journal-path", "/no/such/folder/journal.json", "nothing was run")]
    public async Task What_the_run_cannot_have_is_told_before_anything_is_run(string option, string value, string message)
    {
        var (code, error) = await RunAsync(SampleExperiments.Passing, option, value);
        Assert.Equal(64, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Running experiment", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_file_that_cannot_be_written_is_one_warning()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, error) = await RunAsync(SampleExperiments.Passing, "--log-file", folder["no/such/log"]);
        Assert.Equal(0, code);
        Assert.Single(error.Split('\n'), line => line.Contains(" WARNING] The log file ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_json_console_is_json_in_every_line()
    {
        var (code, error) = await RunAsync("{ \"method\": 5 }", "--log-format", "json");
        Assert.Equal(64, code);
        var lines = error.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.True(lines.Count > 3);
        Assert.Single(lines.Select(line => (string?)line["context_id"]).Distinct());
    }

    [Fact]
    public async Task Options_win_over_the_experiment_s_runtime()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var experiment = SampleExperiments.Passing.Replace(
            "\"rollbacks\": []",
            "\"rollbacks\": [], \"runtime\": { \"rollbacks\": { \"strategy\": \"never\" }, \"hypothesis\": { \"strategy\": \"before-method-only\" } }",
            StringComparison.Ordinal);
        var (_, error) = await RunAsync(experiment, "--rollback-strategy", "always");
        Assert.Contains("Steady-state strategy: before-method-only", error, StringComparison.Ordinal);
        Assert.Contains("Rollbacks strategy: always", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dry", "activities", "Running experiment with dry activities")]
    [InlineData("--hypothesis-strategy", "continously", "Steady-state strategy: continuous")]
    [InlineData("--hypothesis-strategy", "after-method-only", "Steady-state strategy: after-method-only")]
    public async Task An_option_reaches_the_run(string option, string value, string line)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, error) = await RunAsync(SampleExperiments.Passing, option, value, "--hypothesis-frequency", "0.01");
        Assert.Equal(0, code);
        Assert.Contains(line, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"method\": \"kill it\"", "method must be a list (at /method)")]
    [InlineData("\"method\": [5]", "each of the method must be a map of its properties (at /method/0)")]
    [InlineData("\"method\": [], \"rollbacks\": {}", "rollbacks must be a list (at /rollbacks)")]
    [InlineData(
        "\"method\": [], \"steady-state-hypothesis\": {\"title\": \"h\", \"probes\": \"up\"}",
        "probes must be a list (at /steady-state-hypothesis/probes)")]
    [InlineData("\"method\": [], \"steady-state-hypothesis\": [1]", "steady-state-hypothesis must be a map (at /steady-state-hypothesis)")]
    [InlineData("\"method\": [], \"controls\": {}", "controls must be a list (at /controls)")]
    [InlineData("\"method\": [], \"runtime\": {\"timeout\": \"5\"}", "timeout must be a number of seconds above 0 (at /runtime/timeout)")]
    [InlineData("\"method\": [], \"runtime\": {\"safeguards\": {}}", "safeguards must be a list (at /runtime/safeguards)")]
    public async Task What_cannot_be_read_is_not_run_without_validation_either(string part, string message)
    {
        var (code, error) = await RunAsync($"{{ \"title\": \"t\", {part} }}", "--no-validation");
        Assert.Equal(64, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("Nothing was run", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["journal.json"]));
    }

    [Fact]
    public async Task Without_validation_the_reference_takes_everything_as_it_comes()
    {
        var (code, _) = await RunAsync(
            """{ "title": "t", "description": "d", "method": "kill it" }""", "--no-validation", "--compat", "chaostoolkit");
        Assert.NotEqual(64, code);
        Assert.True(File.Exists(folder["journal.json"]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Texts(string error) =>
        [.. error.TrimEnd('\n').Split('\n').Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..])];

    private async Task<(int Code, string Error)> RunAsync(string experiment, params string[] more)
    {
        string[] args = [folder.Write("experiment.json", experiment), .. more];
        if (!more.Contains("--log-file"))
        {
            args = [.. args, "--no-log-file"];
        }

        if (!more.Contains("--journal-path"))
        {
            args = [.. args, "--journal-path", folder["journal.json"]];
        }

        var (code, said, error) = await ChaosCommandTests.InvokeAsync("run", args);
        Assert.Equal("", said);
        return (code, error);
    }
}
