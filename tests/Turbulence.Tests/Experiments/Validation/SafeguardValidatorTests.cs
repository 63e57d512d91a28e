using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Tests.Running;
using Turbulence.Validation;

namespace Turbulence.Tests.Experiments.Validation;

/// <summary><c>runtime.safeguards</c>: the rules of a probe, a tolerance, a frequency.</summary>
public sealed class SafeguardValidatorTests
{
    private const string Good = """{"type":"probe","name":"s","tolerance":true,"provider":{"type":"scripted","key":"s"}}""";

    [Theory]
    [InlineData(
        """{"type":"probe","name":"s","provider":{"type":"scripted"}}""",
        "a safeguard must have a tolerance entry: what it misses stops the run",
        "")]
    [InlineData(
        """{"type":"action","name":"s","tolerance":1,"provider":{"type":"scripted"}}""",
        "a safeguard must be a probe: it watches, and changes nothing",
        "")]
    [InlineData(
        """{"type":"probe","name":"s","tolerance":1,"frequency":0,"provider":{"type":"scripted"}}""",
        "frequency must be a number of seconds above 0",
        "/frequency")]
    [InlineData(
        """{"type":"probe","name":"s","tolerance":1,"frequency":"1","provider":{"type":"scripted"}}""",
        "frequency must be a number of seconds above 0",
        "/frequency")]
    [InlineData(
        """{"type":"probe","name":"s","tolerance":1,"provider":{"type":"wasm"}}""",
        "unknown provider type 'wasm'; known here: scripted",
        "/provider/type")]
    [InlineData("""{"ref":"nobody"}""", "referenced activity 'nobody' could not be found in the experiment", "/ref")]
    [InlineData("7", "an activity must be a map of its properties", "")]
    public void Each_rule_has_its_message_and_its_place(string safeguard, string message, string pointer)
    {
        var problem = Assert.Single(Problems($"[{safeguard}]"));
        Assert.Equal(
            (message, "/runtime/safeguards/0" + pointer, ProblemSeverity.Error), (problem.Message, problem.Pointer, problem.Severity));
    }

    [Fact]
    public void They_are_a_list()
    {
        var problem = Assert.Single(Problems("{}"));
        Assert.Equal(("safeguards must be a list", "/runtime/safeguards"), (problem.Message, problem.Pointer));
    }

    [Theory]
    [InlineData($"[{Good}]")]
    [InlineData("""[{"type":"probe","name":"s","tolerance":true,"frequency":0.5,"provider":{"type":"scripted"}}]""")]
    [InlineData("""[{"ref":"steady","frequency":2}]""")]
    public void Good_ones_have_no_problem(string safeguards) => Assert.Empty(Problems(safeguards));

    [Fact]
    public void The_reference_has_none_and_they_are_ignored_with_a_warning()
    {
        var problem = Assert.Single(Problems($"[{Good}]", Compatibility.ChaosToolkit));
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.Contains("ignored in compatibility mode", problem.Message, StringComparison.Ordinal);
    }

    private static ProblemList Problems(string safeguards, Compatibility compatibility = Compatibility.None)
    {
        var document = JsonNode.Parse($$"""
            {
              "title": "t", "description": "d", "method": [],
              "steady-state-hypothesis": { "title": "h", "probes": [
                { "type": "probe", "name": "steady", "tolerance": true, "provider": { "type": "scripted", "key": "p" } } ] },
              "runtime": { "safeguards": {{safeguards}} }
            }
            """)!.AsObject();
        return new ExperimentValidator(new ActivityProviders(new ScriptedProvider()), compatibility).Validate(
            document, new DocumentMap { Root = document });
    }
}
