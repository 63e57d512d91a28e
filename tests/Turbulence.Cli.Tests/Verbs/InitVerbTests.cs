using System.Text.Json.Nodes;
using Turbulence.Cli.Tests.CommandLine;
using Turbulence.Cli.Tests.Wizard.Discoveries;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class InitVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shortest_call_makes_an_experiment_that_validates_and_says_what_is_missing()
    {
        var (code, error) = await InitAsync("--yes");
        Assert.Equal(0, code);
        Golden.Matches("init-yes.json", await ReadAsync("experiment.json"));
        Assert.Contains(
            "INFO] The steady state asks http://localhost:5000/ for the status 200, which is a guess: --url says what to ask\n",
            error,
            StringComparison.Ordinal);
        Assert.Contains("INFO] The method is empty", error, StringComparison.Ordinal);
        Assert.EndsWith($"chaos run {folder["experiment.json"]}\n", error, StringComparison.Ordinal);
        await ValidatesAsync("experiment.json");
    }

    [Theory]
    [InlineData("experiment.json", "init-options.json")]
    [InlineData("experiment.yaml", "init-options.yaml")]
    public async Task Every_question_has_an_option(string file, string golden)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the commands need a shell");
        var (code, error) = await InitToAsync(
            file,
            "--yes", "--title", "The shop stays open", "--description", "One of two servers dies: \"é\"", "--steady-state",
            "Orders are taken",
            "--url", "http://localhost:8001/health", "--url", "http://localhost:8001/health",
            "--probe", "ls -l '/'", "--probe", "http://localhost:8002/", "--tolerance", "/etc/", "--tolerance", "[200, 204, 301]",
            "--action", "kill \"$(cat primary.pid)\"", "--action", "POST http://localhost:8001/drain",
            "--rollback", "sh -c 'echo back'", "--users", "http://localhost:8001/index/10@50");
        Assert.Equal(
            (0, 1),
            (code, error.TrimEnd('\n').Split('\n').Count(line => line.Contains("INFO] Experiment written to", StringComparison.Ordinal))));
        Golden.Matches(golden, await ReadAsync(file));
        await ValidatesAsync(file);
    }

    [Theory]
    [InlineData("orders_wait", "orders_wait needs region=string")]
    [InlineData("orders_wait regoin=x", "'regoin=x' is no argument of orders_wait; it takes region=, limit=, labels=, prefix=, anything=")]
    [InlineData("orders_wait region=x limit=many anything=1", "limit: a whole number is expected, not 'many'")]
    [InlineData("orders_wait region=x anything=1", "nothing is usual for it, so --tolerance has to say what is expected")]
    public async Task Section_12_7_the_arguments_of_discovered_activities_are_checked(string probe, string problem)
    {
        var (code, error) = await InitAsync(
            "--yes", "--discovery-path", folder.Write("discovery.json", SampleDiscovery.Text), "--probe", probe);
        Assert.Equal(64, code);
        Assert.EndsWith($"ERROR] --probe '{probe}': {problem}\n", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["experiment.json"]));
    }

    [Theory]
    [InlineData("'localhost:8001' is neither an http nor an https URL", "--url", "localhost:8001")]
    [InlineData("path 'no-such-program' cannot be found", "--action", "no-such-program --now")]
    [InlineData("a quote is not closed", "--rollback", "echo 'a")]
    [InlineData("there are 1 --tolerance for 0 --probe", "--tolerance", "5")]
    [InlineData("a text is never equal", "--probe", "http://localhost:1/", "--tolerance", "fine")]
    [InlineData("two values mean one or the other", "--probe", "http://localhost:1/", "--tolerance", "[200, 299]")]
    [InlineData("--no-steady-state leaves no place", "--no-steady-state", "--url", "http://localhost:1/")]
    [InlineData("its name has to end with .json, .yaml or .yml", "--experiment-path", "HERE/experiment.txt")]
    [InlineData("there is no folder", "--experiment-path", "HERE/no/such/folder/experiment.json")]
    [InlineData("cannot be read", "--discovery-path", "HERE/none.json")]
    [InlineData("--title needs a text", "--title", " ")]
    [InlineData("--users 'http://localhost:1/': 'http://localhost:1/' is not URL@RATE", "--users", "http://localhost:1/")]
    public async Task A_mistake_is_told_and_nothing_is_written(string part, params string[] args)
    {
        var (code, error) = await InitAsync(["--yes", .. args.Select(arg => arg.Replace("HERE", folder.Path, StringComparison.Ordinal))]);
        Assert.Equal(64, code);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        var (_, error) = await InitAsync("--yes", "--url", "one", "--action", "no-such-program", "--rollback", "'");
        Assert.Equal(3, error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task A_file_is_replaced_only_when_somebody_says_so()
    {
        folder.Write("experiment.json", "mine");
        var (code, error) = await InitAsync("--yes");
        Assert.Equal(64, code);
        Assert.EndsWith("exists already; --force replaces it, --experiment-path writes another one\n", error, StringComparison.Ordinal);
        Assert.Equal("mine", await ReadAsync("experiment.json"));
        (code, _) = await InitAsync("--yes", "--force");
        Assert.Equal(0, code);
        await ValidatesAsync("experiment.json");
        Assert.Equal([folder["experiment.json"]], Directory.EnumerateFiles(folder.Path));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(2, "--compat", "chaostoolkit")]
    public async Task Without_a_terminal_it_says_how_it_works_without_one(int expected, params string[] more)
    {
        var (code, error) = await InitAsync(more);
        Assert.Equal(expected, code);
        Assert.EndsWith(
            "here is none; --yes takes options instead (chaos init --help)",
            Assert.Single(error.TrimEnd('\n').Split('\n')),
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder["experiment.json"]));
    }

    [Theory]
    [InlineData("", true, "init-started init-completed")]
    [InlineData("--compat=chaostoolkit", true, "init-started init-completed")]
    [InlineData("", false, "init-started init-failed")]
    [InlineData("--compat=chaostoolkit", false, "init-started")]
    public async Task Section_10_3_making_an_experiment_has_its_events(string option, bool works, string events)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the channel needs a shell");
        var settings = folder.Write(
            "settings.yaml",
            $"notifications: [{{ type: process, run: [sh, -c, 'cat >> \"$0\"; echo >> \"$0\"', '{folder["events"]}'], timeout: 60 }}]\n");
        await InitAsync(["--yes", "--settings", settings, "--url", works
            ? "http://localhost:1/"
            : "nothing", .. option.Length == 0 ? [] : (string[])[option]]);
        var told = (await File.ReadAllLinesAsync(folder["events"], Token)).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(events, string.Join(' ', told.Select(each => (string?)each["name"])));
        Assert.All(told, each => Assert.Equal("init", (string?)each["phase"]));
        Assert.Null(told[0]["payload"]);
        Assert.Equal(works ? "The system stays well" : null, (string?)told[^1]["payload"]?["title"]);
    }

    private Task<(int Code, string Error)> InitAsync(params string[] args) =>
        InitToAsync(args.Contains("--experiment-path") ? null : "experiment.json", args);

    private async Task<(int Code, string Error)> InitToAsync(string? file, params string[] args)
    {
        string[] path = file is null ? [] : ["--experiment-path", folder[file]];
        string[] settings = args.Contains("--settings") ? [] : ["--settings", folder["none.yaml"]];
        var (code, said, error) = await ChaosCommandTests.InvokeAsync("--no-log-file init", [.. path, .. settings, .. args]);
        Assert.Equal("", said);
        return (code, error);
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(folder[file], Token);

    private async Task ValidatesAsync(string file)
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync("--no-log-file validate", [folder[file]]);
        Assert.True(code == 0, error);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);
    }
}
