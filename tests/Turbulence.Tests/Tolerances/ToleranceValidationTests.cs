using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tolerances;

namespace Turbulence.Tests.Tolerances;

/// <summary>Section 6.9.</summary>
public sealed class ToleranceValidationTests
{
    private const string WrongType =
        "hypothesis probe tolerance must either be an integer, a string, a boolean or a pair of values for boundaries. It can also be a "
        + "dictionary which is a probe activity definition that takes an argument called `value` with the value of the probe itself to be validated";

    [Theory]
    [InlineData("1.5", "", WrongType)]
    [InlineData("null", "", WrongType)]
    [InlineData("""{"type": "x"}""", "/type", "hypothesis probe tolerance type 'x' is unsupported")]
    [InlineData("{}", "/type", "hypothesis probe tolerance type 'None' is unsupported")]
    [InlineData("""{"type": true}""", "/type", "hypothesis probe tolerance type 'True' is unsupported")]
    [InlineData("""{"type": "regex"}""", "", "hypothesis regex probe tolerance must have a `pattern` key")]
    [InlineData("""{"type": "regex", "pattern": 5}""", "/pattern", "hypothesis probe tolerance pattern 5 has an invalid type")]
    [InlineData("""{"type": "regex", "pattern": null}""", "/pattern", "hypothesis probe tolerance pattern None has an invalid type")]
    [InlineData(
        """{"type": "regex", "pattern": "a("}""", "/pattern", "hypothesis probe tolerance pattern a( seems invalid: missing ), unterminated subpattern")]
    [InlineData("""{"type": "jsonpath"}""", "", "hypothesis jsonpath probe tolerance must have a `path` key")]
    [InlineData("""{"type": "jsonpath", "path": " "}""", "/path", "hypothesis probe tolerance JSON path cannot be empty")]
    [InlineData("""{"type": "jsonpath", "path": "foo"}""", "/path", "hypothesis probe tolerance JSON path foo is invalid")]
    [InlineData("""{"type": "jsonpath", "path": 5}""", "/path", "hypothesis probe tolerance JSON path 5 is invalid")]
    [InlineData("""{"type": "range"}""", "", "hypothesis range probe tolerance must have a `range` key")]
    [InlineData("""{"type": "range", "range": "1-2"}""", "/range", "hypothesis range must be a sequence")]
    [InlineData("""{"type": "range", "range": [1]}""", "/range", "hypothesis range sequence must be made of two values")]
    [InlineData("""{"type": "range", "range": ["1", 2]}""", "/range/0", "hypothesis range lower boundary must be a number")]
    [InlineData("""{"type": "range", "range": [1, "${x}"]}""", "/range/1", "hypothesis range upper boundary must be a number")]
    public void A_mistake_is_an_error_in_both_modes(string tolerance, string pointer, string message)
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            var problem = Assert.Single(Validate(tolerance, compatibility));
            Assert.Equal(ProblemSeverity.Error, problem.Severity);
            Assert.Equal("/tolerance" + pointer, problem.Pointer);
            Assert.True(compatibility == Compatibility.None
                ? problem.Message.StartsWith(message, StringComparison.Ordinal)
                : problem.Message == message, problem.Message);
        }
    }

    [Theory]
    [InlineData(
        """{"type": "rang"}""",
        "hypothesis probe tolerance type 'rang' is unsupported (did you mean 'range'?); known are regex, jsonpath, range, probe, load")]
    [InlineData(
        """{"type": "jsonpath", "path": "foo"}""",
        "hypothesis probe tolerance JSON path foo is invalid: column 1: expected '$', found 'f'")]
    [InlineData("""{"type": "jsonpath", "path": 5}""", "hypothesis probe tolerance JSON path 5 is invalid: it must be a text")]
    public void The_default_mode_says_where_and_why(string tolerance, string message) =>
        Assert.Equal(message, Assert.Single(Validate(tolerance, Compatibility.None)).Message);

    [Theory]
    [InlineData("true")]
    [InlineData("5")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("[1, \"a\", null]")]
    [InlineData("[1, 2]")]
    [InlineData("""{"type": "regex", "pattern": "^${x}$"}""")]
    [InlineData("""{"type": "regex", "pattern": "", "target": 5, "more": 1}""")]
    [InlineData("""{"type": "jsonpath", "path": " $.a "}""")]
    [InlineData("""{"type": "jsonpath", "path": "$.foo[*][?(@.baz=2)]"}""")]
    [InlineData("""{"type": "range", "range": [1, 2.5]}""")]
    [InlineData("""{"type": "range", "range": [false, true]}""")]
    [InlineData("""{"type": "probe"}""")]
    public void What_the_reference_accepts_is_no_problem_in_either_mode(string tolerance)
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            Assert.Empty(Validate(tolerance, compatibility));
        }
    }

    [Fact]
    public void Both_bounds_are_reported() =>
        Assert.Equal(2, Validate("""{"type": "range", "range": [null, []]}""", Compatibility.None).Count);

    [Theory]
    [InlineData("[200, 299]", "http", true, true)]
    [InlineData("[0, 1]", "process", true, true)]
    [InlineData("[200, 299]", "python", false, false)]
    [InlineData("[200, 201, 202]", "http", false, false)]
    [InlineData("""{"type": "range", "range": [2, 1]}""", "python", true, false)]
    [InlineData("""{"type": "regex", "pattern": "(?<n>a)", "target": "body"}""", "http", true, null)]
    [InlineData("""{"type": "jsonpath", "path": "$.a"}""", "http", true, false)]
    [InlineData("""{"type": "jsonpath", "path": "$.a", "target": "body"}""", "http", false, false)]
    [InlineData("""{"type": "jsonpath", "path": "$['a']", "target": "body"}""", "http", false, null)]
    public void What_is_likely_a_mistake_is_a_warning(string tolerance, string provider, bool ours, bool? reference)
    {
        Assert.Equal(ours, Validate(tolerance, Compatibility.None, provider).Any(problem => problem.Severity == ProblemSeverity.Warning));
        Assert.False(Validate(tolerance, Compatibility.None, provider).HasErrors);

        // Null: the reference runner has no such syntax.
        var problems = Validate(tolerance, Compatibility.ChaosToolkit, provider);
        Assert.Equal(reference is null, problems.HasErrors);
        Assert.Equal(reference is true, problems.Any(problem => problem.Severity == ProblemSeverity.Warning));
    }

    [Theory]
    [InlineData(
        """{"type": "jsonpath", "path": "$.a", "target": "bdy"}""",
        "http",
        "/tolerance/target: the output of a probe of the type http has no 'bdy' (did you mean 'body'?); it has status, headers, body, body_truncated")]
    [InlineData(
        """{"type": "regex", "pattern": "a", "target": "stdot"}""",
        "process",
        "/tolerance/target: the output of a probe of the type process has no 'stdot' (did you mean 'stdout'?); it has status, stdout, stderr, stdout_truncated, stderr_truncated")]
    [InlineData(
        """{"type": "range", "range": [1, 2], "target": "statsu"}""",
        "process",
        "/tolerance/target: the output of a probe of the type process has no 'statsu' (did you mean 'status'?); it has status, stdout, stderr, stdout_truncated, stderr_truncated")]
    [InlineData("""{"type": "range", "range": [1, 2], "target": "bdy"}""", "python", "")]
    [InlineData("""{"type": "range", "range": [1, 2], "target": "latency"}""", "http", "")]
    public void A_target_that_is_nearly_a_part_of_the_output_is_an_error_by_default(string tolerance, string provider, string expected)
    {
        var errors = Validate(tolerance, Compatibility.None, provider).Where(problem => problem.Severity == ProblemSeverity.Error);
        Assert.Equal(expected, string.Join('\n', errors.Select(problem => $"{problem.Pointer}: {problem.Message}")));
        Assert.DoesNotContain(Validate(
            tolerance, Compatibility.ChaosToolkit, provider), problem => problem.Pointer.EndsWith("/target", StringComparison.Ordinal));
    }

    [Fact]
    public void A_target_that_is_nothing_like_a_part_of_the_output_is_a_warning_by_default() => Assert.Contains(
        "has no 'latency'; it has status, headers, body, body_truncated",
        Assert.Single(Validate("""{"type": "range", "range": [1, 2], "target": "latency"}""", Compatibility.None, "http")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_probe_is_validated_as_an_activity_at_its_place()
    {
        var seen = new List<string>();
        var tolerance = JsonNode.Parse("""{"type": "probe", "name": "check"}""");
        Tolerance.Validate(tolerance, new(DocumentPath.Root["tolerance"], new ProblemList(new DocumentMap()))
        {
            ValidateProbe = (activity, path) => seen.Add($"{activity.Name} at {path}"),
        });

        Assert.Equal(["check at /tolerance"], seen);
    }

    private static ProblemList Validate(string tolerance, Compatibility compatibility, string provider = "")
    {
        var problems = new ProblemList(new DocumentMap());
        Tolerance.Validate(
            JsonNode.Parse(tolerance),
            new(DocumentPath.Root["tolerance"], problems) { Compatibility = compatibility, ProviderType = provider });
        return problems;
    }
}
