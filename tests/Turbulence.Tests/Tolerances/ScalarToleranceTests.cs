using Turbulence.Documents;
using Turbulence.Tolerances;

namespace Turbulence.Tests.Tolerances;

/// <summary>Section 6.1: the tolerances that are no map.</summary>
public sealed class ScalarToleranceTests
{
    [Theory]
    [InlineData("true", "true", "met", "met")]
    [InlineData("true", "1", "met", "met")]
    [InlineData("true", "1.0", "met", "met")]
    [InlineData("false", "0", "met", "met")]
    [InlineData("true", "2", "unmet", "unmet")]
    [InlineData("true", "\"true\"", "unmet", "unmet")]
    [InlineData("false", "null", "unmet", "unmet")]
    [InlineData("true", "{\"status\": true}", "unmet", "unmet")]
    [InlineData("true", Judging.Process, "unmet", "met", "process")]
    [InlineData("false", Judging.Process, "unmet", "unmet", "process")]
    [InlineData("true", Judging.FailedProcess, "unmet", "unmet", "process")]
    [InlineData("false", Judging.FailedProcess, "unmet", "met", "process")]
    [InlineData("true", Judging.Response, "unmet", "met", "http")]
    [InlineData("true", Judging.JsonResponse, "unmet", "unmet", "http")]
    [InlineData("false", Judging.JsonResponse, "unmet", "met", "http")]
    [InlineData("true", "{\"status\": \"odd\"}", "unmet", "unmet", "http")]
    public Task Section_6_1_boolean(string tolerance, string output, string reference, string ours, string provider = "") =>
        Judging.AssertVerdictsAsync(tolerance, output, reference, ours, provider);

    [Theory]
    [InlineData("200", "200", "met", "met")]
    [InlineData("200", "200.0", "met", "met")]
    [InlineData("1", "true", "met", "met")]
    [InlineData("200", "201", "unmet", "unmet")]
    [InlineData("200", "\"200\"", "unmet", "unmet")]
    [InlineData("200", "{}", "unmet", "unmet")]
    [InlineData("200", "{\"status\": 200}", "met", "met")]
    [InlineData("200", "{\"status\": null}", "unmet", "unmet")]
    [InlineData("0", Judging.Process, "met", "met", "process")]
    [InlineData("0", Judging.FailedProcess, "unmet", "unmet", "process")]
    [InlineData("200", Judging.Response, "met", "met", "http")]
    [InlineData("-9", "{\"status\": -9}", "met", "met", "process")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890", "met", "met")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", "unmet", "unmet")]
    public Task Section_6_1_integer(string tolerance, string output, string reference, string ours, string provider = "") =>
        Judging.AssertVerdictsAsync(tolerance, output, reference, ours, provider);

    [Theory]
    [InlineData("\"ok\"", "\"ok\"", "met", "met")]
    [InlineData("\"ok\"", "\"ok \"", "unmet", "unmet")]
    [InlineData("\"ok\"", "\"ok\\n\"", "unmet", "unmet")]
    [InlineData("\"\"", "\"\"", "met", "met")]
    [InlineData("\"5\"", "5", "unmet", "unmet")]
    [InlineData("\"ok\"", Judging.Process, "unmet", "met", "process")]
    [InlineData("\"ok\\n\"", Judging.Process, "unmet", "met", "process")]
    [InlineData("\"o\"", Judging.Process, "unmet", "unmet", "process")]
    [InlineData("\"ok\"", "{\"status\": 0, \"stdout\": \"ok\\r\\n\"}", "unmet", "met", "process")]
    [InlineData("\"ok\"", "{\"status\": 0, \"stdout\": \"ok\\n\\n\"}", "unmet", "unmet", "process")]
    [InlineData("\"ok\"", Judging.Process, "unmet", "unmet")]
    [InlineData("\"5\"", Judging.Response, "unmet", "met", "http")]
    [InlineData("\"5\"", Judging.JsonResponse, "unmet", "unmet", "http")]
    public Task Section_6_1_string(string tolerance, string output, string reference, string ours, string provider = "") =>
        Judging.AssertVerdictsAsync(tolerance, output, reference, ours, provider);

    [Theory]
    [InlineData("[200, 299]", "{\"status\": 200}", "met", "met")]
    [InlineData("[200, 299]", "{\"status\": 250}", "unmet", "unmet")]
    [InlineData("[200, 299]", Judging.Response, "met", "met", "http")]
    [InlineData("[0, 1]", Judging.FailedProcess, "unmet", "unmet", "process")]
    [InlineData("[0, 1, 2]", Judging.FailedProcess, "met", "met", "process")]
    [InlineData("[]", "{\"status\": 0}", "unmet", "unmet")]
    [InlineData("[1, 10]", "1", "met", "met")]
    [InlineData("[1, 10]", "10", "met", "met")]
    [InlineData("[1, 10]", "5.5", "met", "met")]
    [InlineData("[1, 10]", "10.01", "unmet", "unmet")]
    [InlineData("[1, 10]", "0", "unmet", "unmet")]
    [InlineData("[0, 10]", "true", "met", "met")]
    [InlineData("[10, 1]", "5", "unmet", "unmet")]
    [InlineData("[\"a\", \"c\"]", "\"b\"", "met", "met")]
    [InlineData("[\"a\", \"c\"]", "\"ca\"", "unmet", "unmet")]
    [InlineData("[\"\\uffff\", \"\\ud83d\\ude02\"]", "\"\\ud83d\\ude01\"", "met", "met")]
    [InlineData("[\"1\", \"9\"]", "\"10\"", "met", "met")]
    [InlineData("[[1], [3]]", "[2, 9]", "met", "met")]
    [InlineData("[[1], [1, 2]]", "[1, 3]", "unmet", "unmet")]
    [InlineData("[1, 10]", "\"5\"", "unknown", "unknown")]
    [InlineData("[1, 10]", "null", "unknown", "unknown")]
    [InlineData("[1, 10]", "{}", "unknown", "unknown")]
    [InlineData("[1, 10]", "[5]", "unknown", "unknown")]
    [InlineData("[1, \"a\"]", "5", "unknown", "unknown")]
    [InlineData("[9, \"a\"]", "5", "unmet", "unmet")]
    [InlineData("[1, 2, 3]", "2.0", "met", "met")]
    [InlineData("[1, 2, 3]", "4", "unmet", "unmet")]
    [InlineData("[\"a\"]", "\"a\"", "met", "met")]
    [InlineData("[]", "1", "unmet", "unmet")]
    [InlineData("[null]", "null", "met", "met")]
    [InlineData("[{\"a\": 1}]", "{\"a\": true}", "met", "met")]
    public Task Section_6_1_list(string tolerance, string output, string reference, string ours, string provider = "") =>
        Judging.AssertVerdictsAsync(tolerance, output, reference, ours, provider);

    [Theory]
    [InlineData("\"${code}\"", "200", "met", "met")]
    [InlineData("\"${code}\"", "\"200\"", "unmet", "unmet")]
    [InlineData("\"$code\"", "\"200\"", "met", "met")]
    [InlineData("\"x${code}\"", "\"x200\"", "met", "met")]
    [InlineData("\"$$\"", "\"$\"", "met", "met")]
    [InlineData("\"${flag}\"", "1", "met", "met")]
    [InlineData("\"${pair}\"", "5", "met", "met")]
    [InlineData("\"${map}\"", "\"abc\"", "met", "met")]
    [InlineData("\"${half}\"", "0.5", "unmet", "unknown")]
    [InlineData("\"${nothing}\"", "null", "unmet", "unknown")]
    [InlineData("\"${odd}\"", "{}", "unmet", "unknown")]
    [InlineData("\"${missing}\"", "\"${missing}\"", "met", "unknown")]
    [InlineData("\"${missing}\"", "\"a\"", "unmet", "unknown")]
    [InlineData("[\"${code}\", 1, 2]", "200", "unmet", "met")]
    [InlineData("[\"${missing}\", 1, 2]", "1", "met", "unknown")]
    public async Task Sections_5_4_and_6_1_placeholders(string tolerance, string output, string reference, string ours)
    {
        const string Configuration = """
            {"code": 200, "flag": true, "pair": [1, 9], "map": {"type": "regex", "pattern": "b"}, "half": 0.5, "nothing": null, "odd": {"type": "odd"}}
            """;
        foreach (var (compatibility, expected) in new[] { (Compatibility.ChaosToolkit, reference), (Compatibility.None, ours) })
        {
            var check = Judging.Check(tolerance, output, compatibility, configuration: Configuration);
            var outcome = await Tolerance.EvaluateAsync(check, TestContext.Current.CancellationToken);
            Assert.True(expected == Judging.Verdict(outcome), $"{compatibility}: {outcome.Describe()}");
        }
    }

    [Theory]
    [InlineData("0.5", "0.5", "unmet", "unknown")]
    [InlineData("null", "null", "unmet", "unknown")]
    [InlineData("{}", "{}", "unmet", "unknown")]
    [InlineData("{\"type\": 5}", "5", "unmet", "unknown")]
    public Task Section_6_1_what_has_no_rule_is_never_met(string tolerance, string output, string reference, string ours) =>
        Judging.AssertVerdictsAsync(tolerance, output, reference, ours);
}
