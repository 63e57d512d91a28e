using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tolerances;
using Turbulence.Values;

namespace Turbulence.Tests.Tolerances;

/// <summary>Holds outputs against tolerances, both written as JSON.</summary>
internal static class Judging
{
    public const string Process = """{"status": 0, "stdout": "ok\n", "stderr": "7"}""";
    public const string FailedProcess = """{"status": 2, "stdout": "", "stderr": "boom"}""";
    public const string Response = """{"status": 200, "headers": {"Server": "x"}, "body": "5"}""";
    public const string JsonResponse = """{"status": 503, "headers": {}, "body": {"items": [{"id": 1}, {"id": 2}], "ok": true}}""";

    public static ToleranceCheck Check(
        string tolerance, string output, Compatibility compatibility, string provider = "", string configuration = "{}") =>
        new(JsonNode.Parse(tolerance), JsonNode.Parse(output))
        {
            Compatibility = compatibility,
            ProviderType = provider,
            Values = new ResolvedValues(JsonNode.Parse(configuration)!.AsObject(), []),
        };

    /// <summary>met, unmet or, where it could not be evaluated, unknown.</summary>
    public static string Verdict(ToleranceOutcome outcome)
    {
        Assert.NotEmpty(outcome.Rule);
        Assert.NotEmpty(outcome.Expected);
        Assert.NotEmpty(outcome.Actual);
        Assert.NotEqual("", outcome.Explanation);
        Assert.False(outcome.Met && outcome.Explanation is not null);
        return outcome.Met ? "met" : outcome.Explanation is null ? "unmet" : "unknown";
    }

    /// <summary>Checks the verdicts of the reference runner and of the default mode.</summary>
    public static async Task AssertVerdictsAsync(
        string tolerance, string output, string reference, string ours, string provider = "", string configuration = "{}")
    {
        foreach (var (compatibility, expected) in new[] { (Compatibility.ChaosToolkit, reference), (Compatibility.None, ours) })
        {
            var check = Check(tolerance, output, compatibility, provider, configuration);
            var outcome = await Tolerance.EvaluateAsync(check, TestContext.Current.CancellationToken);
            Assert.True(expected == Verdict(outcome), $"{compatibility}: expected {expected}: {outcome.Describe()}");
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(tolerance), check.Tolerance));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(output), check.Output));
        }

        Assert.False(reference == "met" && ours != "met", "what the reference runner meets stays met");
    }
}
