using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class ValidateVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_valid_experiment_is_told_so()
    {
        var (code, error) = await ValidateAsync(SampleExperiments.Waiting);
        Assert.Equal(0, code);
        Assert.EndsWith(" INFO] experiment syntax and semantic look valid\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_alone_is_valid()
    {
        var (code, error) = await ValidateAsync(WithKey("note"));
        Assert.Equal(0, code);
        Assert.Contains(": warning: the key 'note' is not known in an experiment", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"rate": 5, "duration": 1}, {"from": 5, "to": 10, "duration": "${seconds}"}]""")]
    [InlineData("""[{"rate": 5, "duration": 1, "x-note": 1}]""")]
    [InlineData("""{"from": 0, "to": 10}, "duration": 5""")]
    [InlineData("""{"from": "${least}", "to": 10}, "duration": 5""")]
    public async Task A_rate_may_be_steps_or_a_ramp(string rate)
    {
        const string begin = """{"title": "t", "description": "d", "method": [{"type": "action", "name": "a", "provider": """;
        const string load = """{"type": "load", "url": "http://localhost/", "classes": {"a": "b", "c": {"status": "200"}}, "rate": """;
        var (code, error) = await ValidateAsync(begin + load + rate + " }}]}");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_key_is_refused_and_in_compat_a_warning()
    {
        var (code, error) = await ValidateAsync(WithKey("controlls"));
        Assert.Equal(64, code);
        Assert.Contains(
            ": error: the key 'controlls' is not known in an experiment; did you mean 'controls'? (at /controlls)\n",
            error,
            StringComparison.Ordinal);
        (code, error) = await ValidateAsync(WithKey("controlls"), "--compat", "chaostoolkit");
        Assert.Equal(0, code);
        Assert.Contains(" WARNING] the key 'controlls' is not known here; is 'controls' meant?\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run")]
    public async Task A_note_is_refused_where_strictness_is_asked_for(string verb)
    {
        string[] more = verb == "run" ? ["--journal-path", folder["journal.json"]] : [];
        var (code, _, error) = await ChaosCommandTests.InvokeAsync(
            $"--no-log-file {verb} --strict", [folder.Write("experiment.json", WithKey("note")), .. more]);
        Assert.Equal(64, code);
        Assert.Contains(": error: the key 'note' is not known", error, StringComparison.Ordinal);
        (code, _, error) = await ChaosCommandTests.InvokeAsync(
            $"--no-log-file {verb} --strict", [folder.Write("experiment.json", WithKey("x-note")), .. more]);
        Assert.Equal(0, code);
        Assert.DoesNotContain("x-note", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strictness_without_validation_is_a_contradiction()
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync(
            "--no-log-file run --strict --no-validation", [folder.Write("experiment.json", SampleExperiments.Waiting)]);
        Assert.Equal(64, code);
        Assert.Contains("give one of the two", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_shows_its_line_with_a_caret()
    {
        var (_, error) = await ValidateAsync("{\n  \"title\": \"t\", \"description\": \"d\",\n\t\"method\": 5\n}");
        Assert.Contains(
            "experiment.json:3:12: error: method must be a list (at /method)\n    3 |  \"method\": 5\n      |            ^\n",
            error,
            StringComparison.Ordinal);
        (_, error) = await ValidateAsync("{\n  \"title\": \"t\",,\n}");
        Assert.Contains("    2 |   \"title\": \"t\",,\n      |                ^\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_is_shown_that_holds_a_secret()
    {
        var (_, error) = await ValidateAsync(
            "{\n\"title\": \"t\", \"description\": \"d\",\n\"secrets\": {\"s\": {\"k\": \"hush-hush\"}},\n\"configuration\": {\"a\": \"hush-hush\"}, \"method\": 5,\n\"runtime\": 7 }");
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
        Assert.Contains("    5 | \"runtime\": 7 }\n", error, StringComparison.Ordinal);
        (_, error) = await ValidateAsync("{ \"secrets\": {\"s\": {\"k\": \"hush-hush\",,}}}");
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    private static string WithKey(string key) => """{"title": "t", "description": "d", "method": []}""".Replace(
        "\"method\"", $"\"{key}\": [], \"method\"", StringComparison.Ordinal);

    [Theory]
    [InlineData(64)]
    [InlineData(1, "--compat", "chaostoolkit")]
    public async Task An_invalid_one_has_the_exit_code_of_its_mode(int expected, params string[] more)
    {
        var (code, error) = await ValidateAsync("{ \"title\": \"t\", \"description\": \"d\", \"method\": 5 }", more);
        Assert.Equal(expected, code);
        Assert.DoesNotContain("look valid", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> ValidateAsync(string experiment, params string[] more)
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync(
            "--no-log-file validate", [folder.Write("experiment.json", experiment), .. more]);
        Assert.Equal("", said);
        return (code, error);
    }
}
