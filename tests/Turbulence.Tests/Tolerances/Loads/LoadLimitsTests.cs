using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tolerances;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Tests.Tolerances.Loads;

/// <summary>What users felt is held against its limits: a miss is a fact, and what nobody knows is no pass.</summary>
public sealed class LoadLimitsTests
{
    private const string Well =
        """{ "intended": 5000, "lost": 3, "outcomes": { "ok": 4997 }, "latency_ms": { "p50": 0.3, "p99": 71, "max": 300 } }""";
    private const string Few =
        """{ "intended": 21, "lost": 0, "outcomes": { "ok": 20, "cancelled": 1 }, "latency_ms": { "p50": 0.3, "p99": 71, "max": 71 } }""";
    private const string None =
        """{ "intended": 3, "lost": 0, "outcomes": { "cancelled": 3 }, "latency_ms": { "p50": 0, "p99": 0, "max": 0 } }""";
    private const string Late =
        """{ "intended": 5000, "lost": 3, "latency_ms": { "p99": 71 }, "bottleneck": "the load itself was late" }""";

    [Theory]
    [InlineData(Well, """{ "lost": 3 }""", "met: lost 3 of 5,000 requests, at most 3")]
    [InlineData(Well, """{ "lost": 2 }""", "missed: lost 3 of 5,000 requests, at most 2")]
    [InlineData(Well, """{ "lost": "2" }""", "missed: lost 3 of 5,000 requests, at most 2")]
    [InlineData(None, """{ "lost": 0 }""", "unknown: lost, at most 0, is not known: no request was answered or lost")]
    [InlineData(Well, """{ "error_rate": 0.001 }""", "met: error_rate 0.06 %, at most 0.1 %")]
    [InlineData(Well, """{ "error_rate": 0.0005 }""", "missed: error_rate 0.06 %, at most 0.05 %")]
    [InlineData(
        Few,
        """{ "error_rate": 0.01 }""",
        "unknown: error_rate, at most 1 %, is not known: there were 20 requests, and it takes 100 requests")]
    [InlineData(Few, """{ "error_rate": 0.05 }""", "met: error_rate 0 %, at most 5 %")]
    [InlineData(Few, """{ "error_rate": 0 }""", "met: error_rate 0 %, at most 0 %")]
    [InlineData(
        None, """{ "error_rate": 0 }""", "unknown: error_rate, at most 0 %, is not known: there were 0 requests, and it takes 1 request")]
    [InlineData(Well, """{ "p99": "50ms" }""", "missed: p99 71.0 ms, at most 50.0 ms")]
    [InlineData(Well, """{ "p99": 71 }""", "met: p99 71.0 ms, at most 71.0 ms")]
    [InlineData(Well, """{ "p99": "0.5 s", "p50": "300us" }""", "met: p99 71.0 ms, at most 500 ms; met: p50 0.30 ms, at most 0.30 ms")]
    [InlineData(
        Few, """{ "p99": "1s" }""", "unknown: p99, at most 1.00 s, is not known: there were 20 requests, and it takes 100 requests")]
    [InlineData(Few, """{ "p99": "50ms" }""", "missed: p99 71.0 ms, at most 50.0 ms")]
    [InlineData(Few, """{ "max": "100ms" }""", "met: max 71.0 ms, at most 100 ms")]
    [InlineData(
        None, """{ "max": "100ms" }""", "unknown: max, at most 100 ms, is not known: there were 0 requests, and it takes 1 request")]
    [InlineData(
        Well,
        """{ "p99_9": 5 }""",
        "unknown: p99_9, at most 5.00 ms, is not known: there were 5,000 requests, and it takes 1,000 requests")]
    [InlineData(
        Late, """{ "p99": 50, "lost": 0 }""", "unknown: p99, at most 50.0 ms, is not known: 71.0 ms was measured, and the load itself was late; missed: lost 3 of 5,000 requests, at most 0")]
    [InlineData(Late, """{ "p99": 80 }""", "met: p99 71.0 ms, at most 80.0 ms")]
    [InlineData(Well, """{ "p9": 5 }""", "unknown: p9, 5, is not known: that is no limit of a load")]
    public void Each_figure_is_held_against_its_limit(string figures, string limits, string expected) =>
        Assert.Equal(expected, Judged(figures, limits));

    [Theory]
    [InlineData("""{ "id": "f", "failover_ms": 480, "sampling_ms": 5 }""", "met: failover_ms at fault f 480 ms, at most 500 ms")]
    [InlineData("""{ "id": "f", "failover_ms": 812, "sampling_ms": 5 }""", "missed: failover_ms at fault f 812 ms, at most 500 ms")]
    [InlineData(
        """{ "id": "f", "failover_ms": 480, "sampling_ms": 1000 }""",
        "unknown: failover_ms at fault f, at most 500 ms, is not known: requests came 1.00 s apart")]
    [InlineData(
        """{ "id": "f", "failover_ms": null, "error_window_ms": 3200, "before": { "requests": 5 } }""",
        "missed: failover_ms at fault f nobody else answered, and requests were lost for 3.20 s, at most 500 ms")]
    [InlineData(
        """{ "id": "f", "failover_ms": null, "error_window_ms": null, "before": { "requests": 5 } }""",
        "unknown: failover_ms at fault f, at most 500 ms, is not known: nobody else answered")]
    [InlineData(
        """{ "id": "f", "failover_ms": null, "error_window_ms": 900, "before": { "requests": 0 } }""",
        "unknown: failover_ms at fault f, at most 500 ms, is not known: nobody came before it")]
    [InlineData(
        """{ "id": "f", "failover_ms": null, "before": { "requests": 5 } }, { "id": "g", "failover_ms": 5 }""",
        "met: failover_ms at fault g 5.00 ms, at most 500 ms")]
    [InlineData("", "unknown: failover_ms, at most 500 ms, is not known: no fault was in while requests were sent")]
    public void Somebody_else_has_to_answer_in_time(string faults, string expected) =>
        Assert.Equal(expected, Judged($$"""{ "faults": [{{faults}}] }""", """{ "failover_ms": 500 }"""));

    [Theory]
    [InlineData("""{ "id": "f", "recovered_ms": 0, "sampling_ms": 5 }""", "met: recovered_ms at fault f 0 ms, at most 1.00 s")]
    [InlineData("""{ "id": "f", "recovered_ms": 1200, "sampling_ms": 5 }""", "missed: recovered_ms at fault f 1.20 s, at most 1.00 s")]
    [InlineData(
        """{ "id": "f", "recovered_ms": null, "ended_s": 3, "until_s": 5, "after": { "requests": 9 } }""",
        "missed: recovered_ms at fault f not back 2.00 s after it was taken back, at most 1.00 s")]
    [InlineData(
        """{ "id": "f", "recovered_ms": null, "ended_s": 3, "until_s": 3.5, "after": { "requests": 9 } }""",
        "unknown: recovered_ms at fault f, at most 1.00 s, is not known: requests were sent for 500 ms after it was taken back")]
    [InlineData(
        """{ "id": "f", "recovered_ms": null, "ended_s": null }""",
        "unknown: recovered_ms at fault f, at most 1.00 s, is not known: it was not taken back while requests were sent")]
    [InlineData(
        """{ "id": "f", "recovered_ms": null, "ended_s": null }, { "id": "g", "recovered_ms": 5 }""",
        "met: recovered_ms at fault g 5.00 ms, at most 1.00 s")]
    [InlineData(
        """{ "id": "f", "recovered_ms": null, "ended_s": 3, "until_s": 3 }, { "id": "g", "recovered_ms": 5 }""",
        "unknown: recovered_ms at fault f, at most 1.00 s, is not known: requests were sent for 0 ms after it was taken back; met: recovered_ms at fault g 5.00 ms, at most 1.00 s")]
    public void It_has_to_be_over_in_time(string faults, string expected) =>
        Assert.Equal(expected, Judged($$"""{ "faults": [{{faults}}] }""", """{ "recovered_ms": "1s" }"""));

    [Theory]
    [InlineData("""{ "difference": 1, "low": -2, "high": 4 }""", "met: p99 after fault f −2.00 ms to +4.00 ms, within 5.00 ms of before")]
    [InlineData(
        """{ "difference": 9, "low": 6, "high": 14 }""", "missed: p99 after fault f +6.00 ms to +14.0 ms, within 5.00 ms of before")]
    [InlineData(
        """{ "difference": -9, "low": -14, "high": -6 }""", "missed: p99 after fault f −14.0 ms to −6.00 ms, within 5.00 ms of before")]
    [InlineData(
        """{ "difference": 1, "low": -2, "high": 14 }""",
        "unknown: p99 after fault f, within 5.00 ms of before, is not known: too little data: it is −2.00 ms to +14.0 ms")]
    [InlineData(
        """{ "difference": 1, "low": -14, "high": 14 }""",
        "unknown: p99 after fault f, within 5.00 ms of before, is not known: too little data: it is −14.0 ms to +14.0 ms")]
    [InlineData(
        """{ "too_little_data": "0.3 s" }""", "unknown: p99 after fault f, within 5.00 ms of before, is not known: too little data: 0.3 s")]
    [InlineData("null", "unknown: p99 after fault f, within 5.00 ms of before, is not known: too little data: there is none")]
    public void A_figure_is_as_before_where_all_of_its_interval_is_within_the_margin(string difference, string expected) =>
        Assert.Equal(expected, Judged(
            $$"""{ "faults": [{ "id": "f", "after_against_before": { "p99": {{difference}} } }] }""",
            """{ "equivalent": { "after": { "p99": 5 } } }"""));

    [Fact]
    public void Times_that_a_late_load_measured_differ_from_nothing_and_losses_do()
    {
        const string Figures =
            """{ "bottleneck": "the load was late", "faults": [{ "id": "f", "during_against_before": { "p50": { "low": 6, "high": 9 }, "error_rate": { "low": 0.02, "high": 0.03 } } }] }""";
        Assert.Equal(
            "unknown: p50 during fault f, within 1.00 ms of before, is not known: it is +6.00 ms to +9.00 ms, and the load was late; missed: error_rate during fault f +2 % to +3 %, within 1 % of before",
            Judged(Figures, """{ "equivalent": { "during": { "p50": "1ms", "error_rate": 0.01 } } }"""));
        Assert.Equal("unknown: p50 after faults, within 1.00 ms of before, is not known: no fault was in while requests were sent", Judged(
            "{}", """{ "equivalent": { "after": { "p50": 1 } } }"""));
        Assert.Equal("unknown: p50 aftr faults, within 1.00 ms of before, is not known: that is no comparison", Judged(
            Figures, """{ "equivalent": { "aftr": { "p50": 1 } } }"""));
    }

    [Theory]
    [InlineData(
        """{ "equivalent": 5 }""", """/t/equivalent: equivalent must be a map of during or after to figures with a margin each, such as {"after": {"p99": "10ms"}}, not 5""")]
    [InlineData(
        """{ "equivalent": { "after": { "error_rate": 2 } } }""", """/t/equivalent: equivalent has a margin for error_rate in after that is no number of more than 0 up to 1, not {"after":{"error_rate":2}}""")]
    [InlineData("""{ "equivalent": { "after": { "p99": "${margin}" } } }""", "")]
    [InlineData(
        """{}""", "/t: a tolerance of a load must limit a figure: lost, error_rate, p50, p90, p99, p99_9, p99_99, max, failover_ms, recovered_ms, equivalent")]
    [InlineData("""{ "lost": 0.5 }""", "/t/lost: lost must be a whole number of 0 or more: how many requests may be lost, not 0.5")]
    [InlineData(
        """{ "error_rate": 5 }""", "/t/error_rate: error_rate must be a number from 0 to 1: which part of the requests may be lost, not 5")]
    [InlineData(
        """{ "p99": "50 mice", "max": -1, "p50": null }""", """/t/p99: p99 must be a time of 0 or more: milliseconds, or a text such as "50ms" or "1.5s", not "50 mice" | /t/max: max must be a time of 0 or more: milliseconds, or a text such as "50ms" or "1.5s", not -1 | /t/p50: p50 must be a time of 0 or more: milliseconds, or a text such as "50ms" or "1.5s", not null""")]
    [InlineData("""{ "lost": "${lost}", "p99": "${slow}ms" }""", "")]
    public void What_is_wrong_with_a_limit_is_told_with_its_place(string limits, string expected)
    {
        List<string> problems = [];
        LoadLimits.Validate(
            JsonNode.Parse(limits)!.AsObject(), DocumentPath.Root["t"], (path, problem) => problems.Add($"{path}: {problem}"));
        Assert.Equal(expected, string.Join(" | ", problems));
    }

    [Fact]
    public void Who_answered_is_known_by_classes_alone()
    {
        List<string> problems = [];
        void Check(bool hasClasses) => LoadLimits.ValidateClasses(
            JsonNode.Parse("""{ "lost": 0, "failover_ms": 5 }""")!.AsObject(),
            hasClasses,
            DocumentPath.Root,
            (path, problem) => problems.Add($"{path}: {problem}"));
        Check(true);
        Check(false);
        Assert.Equal(["/failover_ms: failover_ms needs classes: without them nobody knows who answered"], problems);
    }

    [Fact]
    public void Limits_are_told_in_words() =>
        Assert.Equal(
            "lost at most 0, error_rate at most 0.5 %, p99 at most 50.0 ms, failover_ms at most 500 ms, max \"${most}\"",
            LoadLimits.Words(
                JsonNode.Parse(
                    """{ "type": "load", "lost": 0, "error_rate": 0.005, "p99": "50ms", "failover_ms": 500, "max": "${most}" }""")!.AsObject()));

    [Theory]
    [InlineData(
        Well, """{"type": "load", "lost": "${lost}"}""", "met", "what users felt: expected lost at most 5, got lost 3 of 5,000 requests")]
    [InlineData(
        Well,
        """{"type": "load", "lost": 0, "p99": "50ms", "p50": 9, "p99_99": 9}""",
        "unmet",
        "what users felt: expected lost at most 0, p99 at most 50.0 ms, got lost 3 of 5,000 requests, p99 71.0 ms")]
    [InlineData(
        Few,
        """{"type": "load", "p99": 5000}""",
        "unmet",
        "what users felt: expected p99 at most 5.00 s, got p99 there were 20 requests, and it takes 100 requests")]
    [InlineData(
        "5",
        """{"type": "load", "lost": 0}""",
        "unknown",
        "what users felt: expected lost at most 0, got 5, but that could not be checked: that is no result of a load")]
    [InlineData(Well, """{"type": "load", "lost": "${nobody}"}""", "unknown", """what users felt: expected lost "${nobody}", got """)]
    [InlineData(Well, """{"type": "load", "lost": "${word}"}""", "unknown", """what users felt: expected lost "many", got """)]
    public async Task It_is_a_tolerance_of_an_activity(string output, string tolerance, string verdict, string words)
    {
        var check = Judging.Check(tolerance, output, Compatibility.None, "load", """{"lost": 5, "word": "many"}""");
        var outcome = await Tolerance.EvaluateAsync(check, TestContext.Current.CancellationToken);
        Assert.Equal(verdict, Judging.Verdict(outcome));
        Assert.StartsWith(words, outcome.Describe(), StringComparison.Ordinal);
        Assert.Equal(output == Few
            ? "p99, at most 5.00 s, is not known: there were 20 requests, and it takes 100 requests"
            : null, outcome.Unproven);
    }

    [Fact]
    public void It_is_for_what_a_load_returns()
    {
        var problems = new ProblemList(new DocumentMap());
        Tolerance.Validate(
            JsonNode.Parse("""{"type": "load", "lost": 0}"""),
            new ToleranceValidation(DocumentPath.Root["tolerance"], problems) { ProviderType = "http" });
        Tolerance.Validate(
            JsonNode.Parse("""{"type": "load", "lost": -1}"""),
            new ToleranceValidation(DocumentPath.Root["tolerance"], problems) { ProviderType = "load" });
        Assert.Equal(["/tolerance/type", "/tolerance/lost"], problems.Select(static problem => problem.Pointer));
    }

    private static string Judged(string figures, string limits) =>
        string.Join("; ", LoadLimits.Judge(JsonNode.Parse(limits)!.AsObject(), JsonNode.Parse(figures)!.AsObject())
        .Select(static finding => $"{(finding.Met switch { true => "met", false => "missed", _ => "unknown" })}: {finding.Text}"));
}
