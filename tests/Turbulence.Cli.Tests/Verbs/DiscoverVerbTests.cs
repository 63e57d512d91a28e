using System.Text.Json.Nodes;
using Turbulence.Cli.Tests.Wizard.Discoveries;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class DiscoverVerbTests : IDisposable
{
    private const string NotThere = """{ "end": "failed", "message": "Package shop not found", "trace": [] }""";
    private const string NoDiscover =
        """{ "end": "failed", "message": "package 'shop' does not export a `discover` function", "trace": [] }""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"system\":true", 2)]
    [InlineData("\"system\":true", 1, "--no-install")]
    [InlineData("\"system\":false", 2, "--no-system-info")]
    public async Task Section_12_6_what_an_extension_says_of_itself_is_written_down(string asked, int lines, params string[] args)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the worker is a shell script");
        var worker = new ScriptedPython(folder);
        await using var command = worker.Start(SampleDiscovery.Text, ["discover", .. args, "shop"]);
        var (code, error) = await command.EndAsync();
        Assert.True(code == 0, error);
        Assert.EndsWith(" INFO] Discovery outcome saved in ./discovery.json\n", error, StringComparison.Ordinal);
        Assert.Equal(lines, error.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(lines == 2, error.Contains("Nothing is installed: shop has to be there already", StringComparison.Ordinal));
        Assert.Contains("\"name\":\"shop\"", worker.Asked, StringComparison.Ordinal);
        Assert.Contains(asked, worker.Asked, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(SampleDiscovery.Text), JsonNode.Parse(await File.ReadAllTextAsync(folder["discovery.json"], Token))));
    }

    [Theory]
    [InlineData(NoDiscover, 1, "ERROR] package 'shop' does not export a `discover` function")]
    [InlineData(NoDiscover, 0, "CRITICAL] package 'shop' does not export a `discover` function", "--compat", "chaostoolkit")]
    [InlineData(
        NotThere,
        1,
        "ERROR] Package shop not found: it is no Python package that is installed (a .NET assembly is named by its file, shop.dll)")]
    [InlineData(NotThere, 0, "CRITICAL] Package shop not found", "--compat", "chaostoolkit")]
    [InlineData("""{ "end": "failed", "message": "ValueError: one\nline", "trace": ["a", "b"] }""", 1, "ERROR] ValueError: one")]
    [InlineData("5", 1, "ERROR] what 'shop' says of itself is no discovery document")]
    public async Task Section_15_V7_a_failure_is_one_line_and_an_exit_code(string answer, int expected, string line, params string[] args)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the worker is a shell script");
        folder.Write("discovery.json", "mine");
        await using var command = new ScriptedPython(folder).Start(answer, ["discover", "--no-install", .. args, "shop"]);
        var (code, error) = await command.EndAsync();
        Assert.Equal(expected, code);
        Assert.EndsWith(line, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["discovery.json"], Token));
    }

    [Theory]
    [InlineData(SampleDiscovery.Text, "", "discovery-started discovery-completed", null)]
    [InlineData(SampleDiscovery.Text, "--compat=chaostoolkit", "discovery-started discovery-completed", null)]
    [InlineData(NoDiscover, "", "discovery-started discovery-failed", "package 'shop' does not export a `discover` function")]
    [InlineData(
        NoDiscover, "--compat=chaostoolkit", "discovery-started discovery-failed",
        "An exception was raised: DiscoveryFailed(\"package 'shop' does not export a `discover` function\")")]
    public async Task Section_10_3_discovery_has_its_events(string answer, string option, string events, string? failure)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the worker is a shell script");
        var settings = folder.Write(
            "settings.yaml",
            $"notifications: [{{ type: process, run: [sh, -c, 'cat >> \"$0\"; echo >> \"$0\"', '{folder["events"]}'], timeout: 60 }}]\n");
        await using var command = new ScriptedPython(folder).Start(
            answer, ["discover", "--settings", settings, .. option.Length == 0 ? [] : (string[])[option], "shop"]);
        await command.EndAsync();
        var told = (await File.ReadAllLinesAsync(folder["events"], Token)).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(events, string.Join(' ', told.Select(each => (string?)each["name"])));
        Assert.All(told, each => Assert.Equal("discovery", (string?)each["phase"]));
        Assert.Equal("shop", (string?)told[0]["payload"]);
        Assert.Equal(failure, (string?)told[1]["error"]);
        Assert.Equal(failure is null ? "shop" : null, told[1]["payload"] is JsonObject document ? (string?)document["target"] : null);
    }

    [Theory]
    [InlineData("discover", "--no-install", "shop")]
    [InlineData("info", "extensions")]
    public async Task Without_Python_it_says_what_is_missing(params string[] args)
    {
        await using var command = ScriptedPython.Start(folder, folder["none"], args);
        var (code, error) = await command.EndAsync();
        Assert.Equal(1, code);
        Assert.EndsWith(
            $"ERROR] there is no Python at '{folder["none"]}', which TURBULENCE_PYTHON names",
            Assert.Single(error.TrimEnd('\n').Split('\n')),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_12_6_the_extensions_are_a_table()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the worker is a shell script");
        var worker = new ScriptedPython(folder);
        await using var command = worker.Start(
            """
            { "extensions": [
              { "name": "chaostoolkit-kubernetes", "version": "0.39.0", "license": "Apache-2.0", "description": "Chaos Toolkit Extension for Kubernetes" },
              { "name": "chaostoolkit-with-a-very-long-name-of-its-own", "version": "1.0", "license": null, "description": null },
              { "name": "chaostoolkit-text", "version": "2", "license": "The whole licence\\nin many lines", "description": "\\u001b[2Jx" }] }
            """.Replace("\\\\", "\\", StringComparison.Ordinal),
            "info", "extensions");
        var said = await command.ReadOutputAsync();
        Assert.Equal((0, ""), await command.EndAsync());
        Golden.Matches("info-extensions.txt", said);
        Assert.Contains("\"method\":\"list\"", worker.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_13_a_package_is_discovered_and_its_activity_is_run_by_a_real_Python()
    {
        var python = Needs.PythonProgram();
        folder.Write("shopchaos/__init__.py", """
            from chaoslib.discovery.discover import discover_probes, initialize_discovery_result

            def discover(discover_system=True):
                found = initialize_discovery_result("shopchaos", "1.2.3", "shop")
                found["activities"].extend(discover_probes("shopchaos.probes"))
                found["system"] = {"looked": True} if discover_system else None
                return found
            """);
        folder.Write("shopchaos/probes.py", """
            __all__ = ["orders_wait"]

            def orders_wait(region: str, limit: int = 10, configuration=None, secrets=None) -> int:
                "How many orders wait."
                return limit if region == "north" else 0
            """);
        await SucceedsAsync(python, "discover", "--no-system-info", "--no-install", "shopchaos");
        var document = JsonNode.Parse(await File.ReadAllTextAsync(folder["discovery.json"], Token))!;
        Assert.Equal(
            ("orders_wait", "integer"),
            ((string?)document["activities"]![0]!["name"], (string?)document["activities"]![0]!["return_type"]));
        Assert.Null(document["system"]);
        await SucceedsAsync(python, "init", "--yes", "--probe", "orders_wait region=north limit=5", "--tolerance", "5");
        var probe =
            JsonNode.Parse(await File.ReadAllTextAsync(folder["experiment.json"], Token))!["steady-state-hypothesis"]!["probes"]![0]!;
        Assert.Equal("""{"region":"north","limit":5}""", probe["provider"]!["arguments"]!.ToJsonString());
        await SucceedsAsync(python, "run", "experiment.json");

        await using var refused = ScriptedPython.Start(
            folder, python, "init", "--yes", "--force", "--probe", "orders_wait region=north", "--tolerance", "many");
        var (code, error) = await refused.EndAsync();
        Assert.Equal(64, code);
        Assert.EndsWith("ERROR] --tolerance 'many': its output is a number\n", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Assemblies => new()
    {
        { "System.Runtime", "System.Runtime" },
        { typeof(YamlDotNet.Core.Parser).Assembly.Location, "YamlDotNet" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Section_13_an_assembly_is_discovered_by_the_worker_of_NET(string assembly, string name)
    {
        await using var command = ScriptedPython.Start(folder, folder["none"], "discover", assembly);
        var (code, error) = await command.EndAsync();
        Assert.True(code == 0, error);
        Assert.Contains(
            $"WARNING] turbulence: no method of .NET assembly '{assembly}' is marked with [Probe] or [Action]\n",
            error,
            StringComparison.Ordinal);
        Assert.Equal(name, (string?)JsonNode.Parse(await File.ReadAllTextAsync(folder["discovery.json"], Token))!["extension"]!["name"]);
    }

    [Theory]
    [InlineData("no-such.dll", "could not find .NET assembly 'no-such.dll'")]
    [InlineData("No.Such.Assembly", "could not find .NET assembly 'No.Such.Assembly'")]
    public async Task An_assembly_that_is_not_there_is_told_in_one_line(string name, string line)
    {
        await using var command = ScriptedPython.Start(folder, folder["none"], "discover", name);
        var (code, error) = await command.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains(line, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private async Task SucceedsAsync(string python, params string[] args)
    {
        await using var command = ScriptedPython.Start(folder, python, args);
        var (code, error) = await command.EndAsync();
        Assert.True(code == 0, error);
    }
}
