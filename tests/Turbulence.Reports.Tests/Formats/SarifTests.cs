using System.Text.Json.Nodes;

namespace Turbulence.Reports.Tests.Formats;

public sealed class SarifTests
{
    private const string Experiment = """
        title: Both servers die
        steady-state-hypothesis:
          title: t
          probes:
            - type: probe
              name: random-value-can-be-requested
        method:
          - name: kill-primary
            type: action
        """;

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_result_names_a_rule_and_a_place_and_has_a_fingerprint(string name)
    {
        var sarif = JsonNode.Parse(Samples.Write("sarif", name))!;
        Assert.Equal("2.1.0", (string?)sarif["version"]);
        var run = Assert.Single(sarif["runs"]!.AsArray())!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.All(run["results"]!.AsArray(), result =>
        {
            Assert.Equal((string?)result!["ruleId"], (string?)rules[(int)result["ruleIndex"]!]!["id"]);
            Assert.NotEmpty((string)result["message"]!["text"]!);
            Assert.NotEmpty((string)result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!);
            Assert.Matches("^[0-9a-f]{32}$", (string)result["partialFingerprints"]!["turbulence/v1"]!);
        });
        Assert.NotEmpty(run["invocations"]![0]!["toolExecutionNotifications"]!.AsArray());
    }

    [Theory]
    [InlineData("passed", true)]
    [InlineData("deviated", true, "steady-state-missed")]
    [InlineData("needs-a-person", false, "rollback-failed")]
    [InlineData("inconclusive", false)]
    [InlineData("failed", false)]
    [InlineData("guardian", false)]
    [InlineData("running", false)]
    [InlineData("dry", false)]
    public void What_says_something_of_the_system_is_a_finding(string name, bool successful, params string[] rules)
    {
        var run = JsonNode.Parse(Samples.Write("sarif", name))!["runs"]![0]!;
        Assert.Equal(rules, run["results"]!.AsArray().Select(result => (string?)result!["ruleId"]));
        Assert.Equal(successful, (bool)run["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public void The_place_is_the_line_in_the_experiment_by_its_relative_path()
    {
        using var folder = new TemporaryFolder();
        folder.Write("some folder/both die.yaml", Experiment);
        Assert.Equal(("some%20folder/both%20die.yaml", 6), Place("some folder/both die.yaml", folder.Path));
        Assert.Equal(("some%20folder/both%20die.yaml", 6), Place(folder["some folder/both die.yaml"], folder.Path));
        var (uri, line) = Place(folder["some folder/both die.yaml"], "/srv");
        Assert.StartsWith("file:///", uri, StringComparison.Ordinal);
        Assert.Equal(6, line);
    }

    [Theory]
    [InlineData("not-there.yaml")]
    [InlineData("http://localhost/both.yaml")]
    [InlineData("/dev/zero")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public void Where_the_experiment_is_not_there_the_place_is_the_journal(string source)
    {
        using var folder = new TemporaryFolder();
        var (uri, line) = Place(source, folder.Path);
        Assert.True(uri == "j.json" || source == "/dev/zero", uri);
        Assert.Equal(1, line);
    }

    [Fact]
    public void A_finding_has_the_same_fingerprint_whenever_it_is_found()
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("deviated")))!;
        var before = Fingerprint(journal);
        journal["start"] = "2027-01-01T00:00:00+00:00";
        journal["turbulence"]!["run"] = "another";
        journal["turbulence"]!["machine"]!["host"] = "another";
        journal["steady_states"]!["after"]!["probes"]![0]!["output"] = "another";
        Assert.Equal(before, Fingerprint(journal));
        journal["experiment"]!["title"] = "another";
        Assert.NotEqual(before, Fingerprint(journal));
    }

    private static string? Fingerprint(JsonNode journal) => (string?)JsonNode.Parse(
        Samples.Write("sarif", new Report([Samples.ReadText(journal.ToJsonString())])))!["runs"]![0]!["results"]![0]!["partialFingerprints"]!["turbulence/v1"];

    private static (string Uri, int Line) Place(string source, string folder)
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("deviated")))!;
        journal["turbulence"]!["source"] = source;
        var place = JsonNode.Parse(Samples.Write("sarif", new Report([Samples.ReadText(journal.ToJsonString(), "j.json")]) { Folder = folder }))!
            ["runs"]![0]!["results"]![0]!["locations"]![0]!["physicalLocation"]!;
        return ((string)place["artifactLocation"]!["uri"]!, (int)place["region"]!["startLine"]!);
    }
}
