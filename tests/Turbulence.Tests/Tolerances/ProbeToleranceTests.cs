using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Tolerances;

namespace Turbulence.Tests.Tolerances;

/// <summary>Section 6.6.</summary>
public sealed class ProbeToleranceTests
{
    private const string WithArguments = """{"type": "probe", "name": "check", "provider": {"type": "python", "arguments": {"a": 1}}}""";

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"x\"", true)]
    [InlineData("[0]", true)]
    [InlineData("{\"status\": 1}", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("\"\"", false)]
    [InlineData("[]", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    public async Task The_answer_counts_as_Python_counts_it(string answer, bool met)
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            var outcome = await EvaluateAsync(WithArguments, compatibility, ActivityResult.Succeeded(JsonNode.Parse(answer)));
            Assert.Equal(met ? "met" : "unmet", Judging.Verdict(outcome));
        }
    }

    [Theory]
    [InlineData("process", "{\"status\": 0}", "met", "met")]
    [InlineData("process", "{\"status\": 1}", "met", "unmet")]
    [InlineData("http", "{\"status\": 200}", "met", "met")]
    [InlineData("http", "{\"status\": 404}", "met", "unmet")]
    public async Task A_process_or_a_call_has_to_succeed_in_the_default_mode(string provider, string answer, string reference, string ours)
    {
        var tolerance = $$"""{"type": "probe", "name": "check", "provider": {"type": "{{provider}}", "arguments": {} } }""";
        var result = ActivityResult.Succeeded(JsonNode.Parse(answer));
        Assert.Equal(reference, Judging.Verdict(await EvaluateAsync(tolerance, Compatibility.ChaosToolkit, result)));
        Assert.Equal(ours, Judging.Verdict(await EvaluateAsync(tolerance, Compatibility.None, result)));
    }

    [Theory]
    [InlineData("""{"type": "python"}""", "unknown", "met")]
    [InlineData("""{"type": "python", "arguments": []}""", "unknown", "unknown")]
    [InlineData("""{"type": "python", "arguments": "x"}""", "unknown", "unknown")]
    [InlineData("""{"type": "python", "arguments": null}""", "unknown", "unknown")]
    [InlineData("5", "unknown", "met")]
    public async Task The_arguments_have_to_be_a_map(string provider, string reference, string ours)
    {
        var tolerance = $$"""{"type": "probe", "name": "check", "provider": {{provider}} }""";
        var result = ActivityResult.Succeeded(true);
        Assert.Equal(reference, Judging.Verdict(await EvaluateAsync(tolerance, Compatibility.ChaosToolkit, result)));
        Assert.Equal(ours, Judging.Verdict(await EvaluateAsync(tolerance, Compatibility.None, result)));
    }

    [Fact]
    public async Task A_probe_that_fails_is_not_met_and_one_that_crashes_is_unknown()
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            var failed = await EvaluateAsync(WithArguments, compatibility, ActivityResult.Failed("refused"));
            Assert.Equal("unmet", Judging.Verdict(failed));
            Assert.Contains("refused", failed.Actual, StringComparison.Ordinal);

            var crashed = await EvaluateAsync(WithArguments, compatibility, ActivityResult.Crashed("no such module"));
            Assert.Equal("unknown", Judging.Verdict(crashed));
            Assert.Equal("no such module", crashed.Explanation);
        }
    }

    [Fact]
    public async Task The_probe_gets_the_output_as_its_value_and_the_experiment_stays_as_it_was()
    {
        var tolerance = JsonNode.Parse(WithArguments);
        JsonObject? declaration = null;
        var check = new ToleranceCheck(tolerance, JsonNode.Parse(Judging.Process))
        {
            RunProbe = (activity, _) =>
            {
                declaration = activity.Declaration;
                return ValueTask.FromResult(ActivityResult.Succeeded(true));
            },
        };

        var outcome = await Tolerance.EvaluateAsync(check, TestContext.Current.CancellationToken);

        Assert.True(outcome.Met);
        Assert.NotNull(declaration);
        var expected = new JsonObject { ["a"] = 1, ["value"] = JsonNode.Parse(Judging.Process) };
        Assert.True(JsonNode.DeepEquals(expected, declaration["provider"]!["arguments"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(WithArguments), tolerance));
    }

    [Fact]
    public async Task A_cancelled_probe_ends_the_evaluation()
    {
        using var source = new CancellationTokenSource();
        var check = Judging.Check(WithArguments, "1", Compatibility.None) with
        {
            RunProbe = async (_, token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return ActivityResult.Succeeded(true);
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tolerance.EvaluateAsync(check, source.Token));
    }

    [Fact]
    public async Task Without_a_way_to_carry_it_out_it_is_unknown()
    {
        var outcome = await Tolerance.EvaluateAsync(
            Judging.Check(WithArguments, "1", Compatibility.None), TestContext.Current.CancellationToken);
        Assert.Equal("unknown", Judging.Verdict(outcome));
    }

    private static ValueTask<ToleranceOutcome> EvaluateAsync(string tolerance, Compatibility compatibility, ActivityResult result) =>
        Tolerance.EvaluateAsync(
            Judging.Check(tolerance, "5", compatibility) with { RunProbe = (_, _) => ValueTask.FromResult(result) },
            TestContext.Current.CancellationToken);
}
