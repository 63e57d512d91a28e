using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Tolerances;
using Turbulence.Values;

namespace Turbulence.Tests.Tolerances;

/// <summary>Whatever stands in an experiment and whatever a probe returns, there is an outcome.</summary>
public sealed class TolerancePropertyTests
{
    private static readonly string[] Leaves =
    [
        "null", "true", "false", "0", "1", "-0", "200", "1.5", "1e400", "-1E-400", "123456789012345678901234567890", "\"\"", "\"ok\"",
        "\"5\"", "\" 1_0 \"",
        "\"NaN\"", "\"Infinity\"", "\"${a}\"", "\"${missing}\"", "\"$$\"", "\"$.a\"", "\"$..*\"", "\"(\"", "\"^a*+$\"", "\"(?<n>a)\"",
        "\"[{\\\"a\\\": 1}]\"",
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\\ude00\"", "{\"a\": 1, \"a\": 2}", "{\"\\ud800\": 1}", "\"{\\\"a\\\":1,\\\"a\\\":2}\"",
        "\"\\\"\\\\ud800\\\"\"",
        "\"1e99999999999999999999\"", "\"a[\"", "\"regex\"", "\"range\"", "\"jsonpath\"", "\"probe\"", "\"status\"", "\"body\"",
    ];

    private static readonly string[] Keys =
        ["type", "pattern", "path", "range", "target", "expect", "count", "provider", "arguments", "name", "status", "stdout", "body", "a"];

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 3
        ? OneOf(Leaves)
        : Gen.Frequency(
            (4, OneOf(Leaves)),
            (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (2, Gen.Select(OneOf(Keys), inner).Array[0, 5].Select(Map))));

    private static readonly Gen<string> Tolerances = Gen.OneOf(
        Json,
        Gen.Select(OneOf("regex", "range", "jsonpath", "probe"), Gen.Select(OneOf(Keys[1..10]), Json).Array[0, 4])
            .Select((type, members) => Map([("type", $"\"{type}\""), .. members])));

    [Fact]
    public Task Evaluation_gives_an_outcome_for_any_tolerance_and_any_output() =>
        Gen.Select(Tolerances, Json, OneOf("", "http", "process", "python"), Gen.Bool).SampleAsync(
            async (tolerance, output, provider, reference) =>
            {
                var check = new ToleranceCheck(JsonNode.Parse(tolerance), JsonNode.Parse(output))
                {
                    ProviderType = provider,
                    Compatibility = reference ? Compatibility.ChaosToolkit : Compatibility.None,
                    Values = new ResolvedValues(new JsonObject { ["a"] = JsonNode.Parse(output) }, []),
                    RunProbe = (activity, _) => ValueTask.FromResult(ActivityResult.Succeeded(activity.Declaration["a"]?.DeepClone())),
                };
                var outcome = await Tolerance.EvaluateAsync(check, CancellationToken.None);
                Assert.NotEmpty(Judging.Verdict(outcome));
                Assert.NotEmpty(outcome.Describe());
            },
            iter: 20_000);

    [Theory]
    [InlineData(64)]
    [InlineData(500)]
    [InlineData(100_000)]
    public async Task Deep_text_is_no_danger(int depth)
    {
        var tolerance = JsonNode.Parse("""{"type": "jsonpath", "path": "$..*", "count": 1}""");
        var output = new string('[', depth) + new string(']', depth);
        var outcome = await Tolerance.EvaluateAsync(new(tolerance, output), TestContext.Current.CancellationToken);
        Assert.False(outcome.Met);
    }

    [Fact]
    public void Validation_gives_problems_for_any_tolerance() =>
        Gen.Select(Tolerances, Gen.Bool).Sample(
            (tolerance, reference) =>
            {
                var problems = new ProblemList(new DocumentMap());
                Tolerance.Validate(
                    JsonNode.Parse(tolerance),
                    new(DocumentPath.Root, problems) { Compatibility = reference ? Compatibility.ChaosToolkit : Compatibility.None });
                Assert.All(problems, problem => Assert.NotEmpty(problem.Message));
            },
            iter: 20_000);

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(pick => choices[pick]);

    private static string Map((string Key, string Value)[] members) =>
        $"{{{string.Join(',', members.DistinctBy(member => member.Key).Select(member => $"\"{member.Key}\": {member.Value}"))}}}";
}
