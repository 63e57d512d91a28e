using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tolerances;

namespace Turbulence.Tests.Tolerances;

/// <summary>The line that says why (section 15, V9).</summary>
public sealed class ToleranceOutcomeTests
{
    [Theory]
    [InlineData("200", Judging.JsonResponse, "http", "status of the response: expected 200, got 503")]
    [InlineData("0", Judging.FailedProcess, "process", "exit status of the process: expected 0, got 2")]
    [InlineData("true", Judging.FailedProcess, "process", "exit status of the process: expected 0, got 2")]
    [InlineData("true", Judging.JsonResponse, "http", "status of the response: expected below 400, got 503")]
    [InlineData("\"no\"", Judging.Process, "process", "stdout of the process: expected \"no\", got \"ok\\n\"")]
    [InlineData("true", "false", "", "output: expected true, got false")]
    [InlineData("[1, 3]", "4", "", "output: expected 1 to 3, got 4")]
    [InlineData("[1, 2, 3]", "4", "", "output: expected one of [1, 2, 3], got 4")]
    [InlineData(
        "[200, 299]", Judging.JsonResponse, "http",
        "status of the response (two values are a choice here, not a range): expected one of [200, 299], got 503")]
    [InlineData(
        """{"type": "regex", "pattern": "^no"}""",
        Judging.Process,
        "process",
        "stdout of the process: expected a match of ^no, got \"ok\\n\"")]
    [InlineData(
        """{"type": "range", "range": [200, 299]}""", Judging.JsonResponse, "http", "status of the response: expected 200 to 299, got 503")]
    [InlineData(
        """{"type": "jsonpath", "path": "$.items[*].id", "expect": [1]}""", Judging.JsonResponse, "http",
        "$.items[*].id in body of the response: expected 1, got [1, 2] (the response had the status 503)")]
    [InlineData("""{"type": "jsonpath", "path": "$.a", "count": 2}""", "{}", "", "$.a in output: expected 2 values, got nothing")]
    [InlineData(
        """{"type": "range", "range": [1, 2], "target": "x"}""", "5", "",
        "output: expected 1 to 2, got 5, but that could not be checked: the output is not a map, so it has no \"x\"")]
    [InlineData(
        "[1, 2]",
        "\"a\"",
        "",
        "output: expected 1 to 2, got \"a\", but that could not be checked: a text is neither below nor above a number")]
    [InlineData(
        "\"${x}\"", "5", "", "output: expected ${x}, got 5, but that could not be checked: ${x} has no value in the configuration or the secrets")]
    public async Task It_says_what_was_looked_at_what_was_expected_and_what_came(
        string tolerance, string output, string provider, string line)
    {
        var check = Judging.Check(tolerance, output, Compatibility.None, provider);
        var outcome = await Tolerance.EvaluateAsync(check, TestContext.Current.CancellationToken);
        Assert.Equal(line, outcome.Describe());
    }

    [Fact]
    public async Task Long_values_are_cut_and_no_character_is_torn_apart()
    {
        foreach (var output in new JsonNode[]
        {
            string.Concat(Enumerable.Repeat("\U0001F600", 5_000)),
            "x" + string.Concat(Enumerable.Repeat("\U0001F600", 5_000)),
            new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => (JsonNode)i)]),
            new JsonObject(Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"k{i}", i))),
        })
        {
            var outcome = await Tolerance.EvaluateAsync(new(new string('e', 1_000), output), TestContext.Current.CancellationToken);
            Assert.InRange(outcome.Actual.Length, 150, 201);
            Assert.InRange(outcome.Expected.Length, 150, 201);
            Assert.EndsWith("…", outcome.Actual, StringComparison.Ordinal);
            Assert.False(char.IsHighSurrogate(outcome.Actual[^2]));
        }
    }

    [Fact]
    public async Task A_hostile_pattern_is_explained()
    {
        var tolerance = JsonNode.Parse("""{"type": "regex", "pattern": "^(a+)+$"}""");
        var outcome = await Tolerance.EvaluateAsync(new(tolerance, new string('a', 60) + "b"), TestContext.Current.CancellationToken);
        Assert.Equal("the search took longer than 1 s", outcome.Explanation);
        Assert.False(outcome.Met);
    }
}
