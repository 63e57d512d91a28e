namespace Turbulence.Reports.Tests.Formats;

public sealed class PrometheusTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_verdict_is_one_and_the_others_are_zero(string name)
    {
        var samples = PrometheusText.Parse(Samples.Write("prometheus", name));
        var verdicts = samples.Where(one => one.Key.StartsWith("turbulence_run_verdict{", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, verdicts.Count);
        Assert.Contains($"verdict=\"{Runs.ReportedVerdictWord.Of(Samples.Run(name).Verdict)}\"", Assert.Single(verdicts, one => one.Value == 1).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_are_counted_by_what_became_of_them_and_times_are_seconds()
    {
        var samples = PrometheusText.Parse(Samples.Write("prometheus", "passed"));
        var users = Samples.Run("passed").Loads[0];
        Assert.Equal(
            users.Intended, samples.Where(one => one.Key.StartsWith("turbulence_load_requests_total{", StringComparison.Ordinal)).Sum(one => one.Value));
        Assert.Equal(
            users.Latency!.P99!.Value / 1000,
            samples["turbulence_load_latency_seconds{journal=\"passed.json\",experiment=\"Kill the primary\",load=\"users\",activity=\"\",quantile=\"0.99\"}"]);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_told_and_one_that_is_given_twice_is_told_once()
    {
        var passed = Samples.Read("passed");
        var samples = PrometheusText.Parse(Samples.Write("prometheus", new Report([passed, Samples.ReadText("", "b.json"), passed])));
        Assert.Equal(0, samples["turbulence_journal_readable{journal=\"b.json\"}"]);
        Assert.Equal(1, samples["turbulence_journal_readable{journal=\"passed.json\"}"]);
    }
}
