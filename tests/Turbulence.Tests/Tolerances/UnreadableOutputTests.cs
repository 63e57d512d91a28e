using Turbulence.Documents;
using Turbulence.Tolerances;

namespace Turbulence.Tests.Tolerances;

/// <summary>What could not be looked into is no proof that nothing is there; and a miss says why the output is what it is.</summary>
public sealed class UnreadableOutputTests
{
    private const string Page = """{"status": 500, "headers": {"Server": "x"}, "body": "<html>down</html>"}""";
    private const string Empty = """{"status": 200, "headers": {}, "body": ""}""";
    private const string Log = """{"status": 0, "stdout": "Killed\n", "stderr": ""}""";

    [Theory]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""", Page, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0, "target": "body"}""", Page, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "expect": []}""", Page, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""", Empty, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""", Log, "process")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0, "target": "stdout"}""", Log, "process")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""", "\"Killed\"", "python")]
    public async Task A_text_that_is_no_JSON_never_proves_that_nothing_is_there(string tolerance, string output, string provider)
    {
        var outcome = await JudgeAsync(tolerance, output, provider);
        Assert.Equal("unmet", Judging.Verdict(outcome));
        Assert.Contains("a text that is no JSON", outcome.Actual, StringComparison.Ordinal);
        Assert.True((await JudgeAsync(tolerance, output, provider, Compatibility.ChaosToolkit)).Met, "as in the reference");
    }

    [Theory]
    [InlineData(
        """{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""",
        """{"status": 200, "headers": {}, "body": {"errors": []}}""",
        "http")]
    [InlineData("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""", """{"status": 200, "headers": {}, "body": "{}"}""", "http")]
    [InlineData(
        """{"type": "jsonpath", "path": "$.errors[*]", "count": 0}""",
        """{"status": 0, "stdout": "{\"errors\": []}", "stderr": ""}""",
        "process")]
    [InlineData("""{"type": "jsonpath", "path": "$.headers.Age", "count": 0}""", Page, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$['headers']['Retry-After']", "count": 0}""", Page, "http")]
    [InlineData("""{"type": "jsonpath", "path": "$", "expect": "Killed"}""", "\"Killed\"", "python")]
    public async Task What_can_be_looked_into_and_is_empty_is_empty(string tolerance, string output, string provider) =>
        Assert.True((await JudgeAsync(tolerance, output, provider)).Met);

    [Fact]
    public async Task A_target_that_is_not_there_never_proves_that_nothing_is_there()
    {
        var outcome = await JudgeAsync("""{"type": "jsonpath", "path": "$.errors[*]", "count": 0, "target": "bdy"}""", Page, "http");
        Assert.Equal(
            ("unmet", "an output that has no \"bdy\" (the response had the status 500)"), (Judging.Verdict(outcome), outcome.Actual));
    }

    [Theory]
    [InlineData(
        """{"type": "jsonpath", "path": "$.ok", "expect": true}""",
        Page,
        "http",
        "a text that is no JSON: \"<html>down</html>\" (the response had the status 500)")]
    [InlineData("""{"type": "jsonpath", "path": "$.rows"}""", Judging.JsonResponse, "http", "nothing (the response had the status 503)")]
    [InlineData("""{"type": "regex", "pattern": "up"}""", Page, "http", "\"<html>down</html>\" (the response had the status 500)")]
    [InlineData(
        """{"type": "range", "range": [1, 2], "target": "body"}""", Judging.JsonResponse, "http", "(the response had the status 503)")]
    [InlineData("""{"type": "regex", "pattern": "up"}""", Judging.FailedProcess, "process", "\"\" (the process ended with exit code 2)")]
    [InlineData(
        """{"type": "regex", "pattern": "up"}""",
        """{"status": -6, "stdout": "", "stderr": ""}""",
        "process",
        "\"\" (the process was ended by signal 6 (Abort))")]
    [InlineData("200", Page, "http", "500")]
    [InlineData("true", Page, "http", "500")]
    [InlineData("""{"type": "range", "range": [200, 299]}""", Page, "http", "500")]
    [InlineData("""{"type": "jsonpath", "path": "$.ok"}""", """{"status": 200, "headers": {}, "body": {}}""", "http", "nothing")]
    public async Task A_miss_says_the_status_of_what_went_wrong(string tolerance, string output, string provider, string actual)
    {
        var outcome = await JudgeAsync(tolerance, output, provider);
        Assert.False(outcome.Met);
        Assert.EndsWith(actual, outcome.Actual, StringComparison.Ordinal);
        Assert.Equal(actual.Contains(
            "had the status", StringComparison.Ordinal), outcome.Actual.Contains("had the status", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "had the status", (await JudgeAsync(tolerance, output, provider, Compatibility.ChaosToolkit)).Actual, StringComparison.Ordinal);
    }

    private static async Task<ToleranceOutcome> JudgeAsync(
        string tolerance, string output, string provider, Compatibility compatibility = Compatibility.None) =>
        await Tolerance.EvaluateAsync(Judging.Check(tolerance, output, compatibility, provider), TestContext.Current.CancellationToken);
}
