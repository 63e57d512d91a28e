using System.Text.Json.Nodes;
using System.Xml.Linq;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class ReportVerbTests : IDisposable
{
    private const string Journal =
        """{"experiment":{"title":"T"},"status":"completed","deviated":false,"run":[],"rollbacks":[],"turbulence":{"state":"ended","verdict":"passed","exit_code":0}}""";

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_report_is_printed_for_people_where_nobody_asks_for_more()
    {
        var (code, said, error) = await ReportAsync(folder.Write("j.json", Journal));
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("## T: passed\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.md", "## T: passed")]
    [InlineData("r.xml", "<?xml ")]
    [InlineData("r.TRX", "<?xml ")]
    [InlineData("r.sarif", "{")]
    [InlineData("r.prom", "# HELP ")]
    public async Task The_extension_of_the_file_says_what_is_written(string file, string start)
    {
        var (code, said, error) = await ReportAsync(folder.Write("j.json", Journal), "-o", folder[file]);
        Assert.Equal((0, "", ""), (code, said, error));
        Assert.StartsWith(start, await File.ReadAllTextAsync(folder[file], Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_goes_before_the_extension()
    {
        var (code, _, _) = await ReportAsync(folder.Write("j.json", Journal), "--output", folder["r.txt"], "--format", "junit");
        Assert.Equal(0, code);
        Assert.Equal("testsuites", XDocument.Load(folder["r.txt"]).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData("r.pdf")]
    [InlineData("r")]
    [InlineData("r.json")]
    public async Task A_file_that_does_not_say_what_it_is_to_be_is_refused(string file)
    {
        var (code, _, error) = await ReportAsync(folder.Write("j.json", Journal), "-o", folder[file]);
        Assert.Equal(64, code);
        Assert.Contains(
            "does not say by its extension what report it is to be; there are .md (markdown), .html (html), .xml (junit), .trx (trx), .sarif (sarif), .prom (prometheus); --format",
            error,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder[file]));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_told_and_stands_in_the_report_beside_the_others()
    {
        var (code, said, error) = await ReportAsync(folder.Write("j.json", Journal), folder.Write("b.json", ""), folder["none.json"], folder.Path, "--format", "junit");
        Assert.Equal(2, code);
        Assert.Contains($"The journal {folder["b.json"]} cannot be read: it is empty\n", error, StringComparison.Ordinal);
        Assert.Contains($"The journal {folder["none.json"]} cannot be read: it is not there\n", error, StringComparison.Ordinal);
        Assert.Contains($"The journal {folder.Path} cannot be read: it is a folder\n", error, StringComparison.Ordinal);
        Assert.Equal(["0", "1", "1", "1"], XDocument.Parse(said).Root!.Elements("testsuite").Select(suite => suite.Attribute("errors")!.Value));
    }

    [Fact]
    public async Task A_journal_that_is_named_twice_is_one()
    {
        var journal = folder.Write("j.json", Journal);
        var (_, said, _) = await ReportAsync(journal, journal, "--format", "junit");
        Assert.Single(XDocument.Parse(said).Root!.Elements());
    }

    [Fact]
    public async Task What_a_run_has_shown_is_no_exit_code_of_its_report()
    {
        var (code, said, _) = await ReportAsync(
            folder.Write("j.json", Journal.Replace("\"passed\",\"exit_code\":0", "\"deviated\",\"exit_code\":1", StringComparison.Ordinal)));
        Assert.Equal(0, code);
        Assert.StartsWith("## T: deviated\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_followed_and_stays_a_link()
    {
        folder.Write("real.md", "old");
        File.CreateSymbolicLink(folder["link.md"], folder["real.md"]);
        var (code, _, _) = await ReportAsync(folder.Write("j.json", Journal), "-o", folder["link.md"]);
        Assert.Equal(0, code);
        Assert.NotNull(new FileInfo(folder["link.md"]).LinkTarget);
        Assert.StartsWith("## T", await File.ReadAllTextAsync(folder["real.md"], Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told()
    {
        Directory.CreateDirectory(folder["r.md"]);
        var (code, _, error) = await ReportAsync(folder.Write("j.json", Journal), "-o", folder["r.md"]);
        Assert.Equal(2, code);
        Assert.Contains($"The report {folder["r.md"]} cannot be written: ", error, StringComparison.Ordinal);
        (code, _, error) = await ReportAsync(folder["j.json"], "-o", folder["none/r.md"]);
        Assert.Equal(2, code);
        Assert.Contains($"The report {folder["none/r.md"]} cannot be written: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_are_compared_as_diff_compares_files()
    {
        var before = folder.Write("base.json", Journal);
        var after = folder.Write("head.json", Journal.Replace("\"passed\",\"exit_code\":0", "\"deviated\",\"exit_code\":1", StringComparison.Ordinal));
        Assert.Equal((0, "T: passed → passed\n  nothing is otherwise\n", ""), await ChaosCommandTests.InvokeAsync("compare", [before, before]));
        Assert.Equal(
            (1, "T: passed → deviated\n  verdict: passed → deviated: deviated\n", ""), await ChaosCommandTests.InvokeAsync("compare", [before, after]));
        var (code, said, error) = await ChaosCommandTests.InvokeAsync("compare", [before, folder["none.json"]]);
        Assert.Equal((2, ""), (code, said));
        Assert.Contains($"The journal {folder["none.json"]} cannot be read: it is not there\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_writes_its_reports_at_its_end()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, _) = await RunAsync(SampleExperiments.Passing, "--report", folder["r.md"], "--report", folder["r.xml"], "--seed", "17");
        Assert.Equal(0, code);
        var text = await File.ReadAllTextAsync(folder["r.md"], Token);
        Assert.StartsWith("## Say hi: passed\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"To repeat it: `chaos run --seed 17 {folder["experiment.json"]}`\n", text, StringComparison.Ordinal);
        Assert.Equal("0", XDocument.Load(folder["r.xml"]).Root!.Element("testsuite")!.Attribute("errors")!.Value);
        Assert.Equal(17, (int?)JsonNode.Parse(await File.ReadAllTextAsync(folder["journal.json"], Token))!["turbulence"]!["seed"]);
    }

    [Fact]
    public async Task A_secret_is_in_no_report()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        const string experiment =
            """
            {
              "title": "t", "description": "d", "secrets": { "s": { "key": "qwertz-4711-secret" } },
              "method": [
                { "type": "action", "name": "act qwertz-4711-secret", "tolerance": 1, "secrets": ["s"],
                  "provider": { "type": "process", "path": "echo", "arguments": "qwertz-4711-secret" } }
              ],
              "rollbacks": []
            }
            """;
        string[] files = [folder["r.md"], folder["r.xml"], folder["r.trx"], folder["r.sarif"], folder["r.prom"]];
        var (code, _) = await RunAsync(experiment, [.. files.SelectMany(file => (string[])["--report", file])]);
        Assert.Equal(1, code);
        Assert.All(files, file => Assert.DoesNotContain("qwertz", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_failed_has_its_report_too()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, _) = await RunAsync(
            SampleExperiments.Passing.Replace("\"path\": \"true\" } }\n  ],", "\"path\": \"sleep\", \"arguments\": \"9\", \"timeout\": 0.05 } }\n  ],", StringComparison.Ordinal),
            "--report", folder["r.xml"]);
        Assert.Equal(2, code);
        var suite = XDocument.Load(folder["r.xml"]).Root!.Element("testsuite")!;
        Assert.Equal("failed", suite.Elements("testcase").First().Element("error")!.Attribute("type")!.Value);
    }

    [Theory]
    [InlineData("r.pdf", "does not say by its extension")]
    [InlineData("none/r.md", "there is no folder")]
    [InlineData("", "it is a folder")]
    public async Task Nothing_is_run_where_no_report_could_be_written(string file, string why)
    {
        Directory.CreateDirectory(folder["folder.md"]);
        var (code, error) = await RunAsync(SampleExperiments.Passing, "--report", folder[file.Length == 0 ? "folder.md" : file]);
        Assert.Equal(64, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Contains("; nothing was run", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["journal.json"]));
    }

    [Fact]
    public async Task A_run_that_passed_without_its_report_is_no_success()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");

        // The report's folder goes while the method plays.
        Directory.CreateDirectory(folder["reports"]);
        var (code, error) = await RunAsync(
            SampleExperiments.Passing.Replace(
                "\"act\", \"provider\": { \"type\": \"process\", \"path\": \"true\" }",
                $"\"act\", \"provider\": {{ \"type\": \"process\", \"path\": \"rm\", \"arguments\": [\"-r\", \"{folder["reports"]}\"] }}",
                StringComparison.Ordinal),
            "--report", folder["reports/r.md"]);
        Assert.Equal(2, code);
        Assert.Contains($"The report {folder["reports/r.md"]} cannot be written: ", error, StringComparison.Ordinal);
        Assert.Contains("Verdict: passed", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run x --seed -1", "'-1' is not a value for --seed; it takes a whole number from 0 to 2147483647")]
    [InlineData("run x --seed many", "'many' is not a value for --seed; it takes a whole number from 0 to 2147483647")]
    [InlineData("report", "the JOURNAL is missing")]
    [InlineData("report j --format pdf", "'pdf' is not a value for --format; it takes markdown, html, junit, trx, sarif, prometheus")]
    public async Task What_is_wrong_is_told(string line, string mistake)
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync(line);
        Assert.Equal(64, code);
        Assert.StartsWith($"chaos: {mistake}\n", error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Said, string Error)> ReportAsync(params string[] args) =>
        ChaosCommandTests.InvokeAsync("report", args);

    private async Task<(int Code, string Error)> RunAsync(string experiment, params string[] more)
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync(
            "--no-log-file run --var word=hi", [folder.Write("experiment.json", experiment), "--journal-path", folder["journal.json"], .. more]);
        return (code, error);
    }
}
