using Turbulence.Load.Comparisons;
using Turbulence.Load.Histograms;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Comparisons;

public sealed class EstimateTests
{
    private const long Tenth = 100_000_000;

    [Fact]
    public void The_critical_value_is_that_of_brownian_motion()
    {
        // B(1)² / ∫(B(r) − r·B(1))² dr is above 45.4 one time in twenty.
        var random = new Random(11);
        const int Steps = 500, Walks = 4000;
        var way = new double[Steps];
        var above = 0;
        for (var walk = 0; walk < Walks; walk++)
        {
            var place = 0.0;
            for (var i = 0; i < Steps; i++)
            {
                way[i] = place += Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }

            var squares = 0.0;
            for (var i = 0; i < Steps; i++)
            {
                var bridge = way[i] - ((i + 1.0) / Steps * place);
                squares += bridge * bridge;
            }

            above += place * place > 45.4 * squares / Steps ? 1 : 0;
        }

        Assert.InRange(above, 160, 240);
    }

    [Fact]
    public void Less_than_two_seconds_say_nothing()
    {
        var differences = PhaseComparison.Of(Phase(19, static _ => 0), Phase(100, static _ => 0));
        Assert.All(differences, static one => Assert.Equal("1.9 s with requests in it, and it takes 2.0 s", one.TooLittle));
        Assert.All(PhaseComparison.Of(Phase(0, static _ => 0), Phase(100, static _ => 0)), static one => Assert.NotNull(one.TooLittle));
    }

    [Fact]
    public void What_never_happened_may_still_happen()
    {
        // Wilson: of 1,000 requests none, so at most 0.38 % with 97.5 % of confidence.
        var rate = PhaseEstimates.ErrorRate(Phase(100, static _ => 0).Series);
        Assert.Equal((0.0, 0.0), (rate.Value, rate.Low));
        Assert.Equal(0.00383, rate.High, 0.0001);
    }

    [Fact]
    public void A_rate_that_changes_its_mind_once_is_hardly_known()
    {
        // One half of the time everybody is served, the other half nobody is.
        var rate = PhaseEstimates.ErrorRate(Phase(100, static tenth => tenth < 50 ? 0 : 1).Series);
        Assert.NotNull(rate.TooLittle);
    }

    [Fact]
    public void A_share_at_every_other_place_is_known_as_well_as_of_independent_requests_and_no_better()
    {
        var rate = PhaseEstimates.ErrorRate(Phase(100, static tenth => tenth % 2).Series);
        Assert.Equal(0.5, rate.Value, 0.001);
        Assert.Equal(0.469, rate.Low, 0.002);
        Assert.Equal(0.531, rate.High, 0.002);
    }

    [Fact]
    public void A_quantile_that_few_requests_are_above_has_no_upper_end()
    {
        var phase = new SimulatedService().Play(new Random(1), 100, 5);
        Assert.Equal(
            "500 requests, which is too few for how they differ", PhaseEstimates.Quantile(phase.Series, phase.Answered, 0.99).TooLittle);
        var median = PhaseEstimates.Quantile(phase.Series, phase.Answered, 0.5);
        Assert.InRange(median.Value, 4.5, 5.5);
        Assert.True(median.Low < median.Value && median.Value < median.High);
    }

    [Fact]
    public void The_interval_of_a_difference_is_made_of_both()
    {
        var difference = new Estimate(10, 7, 14).Less(new Estimate(6, 4, 9));
        Assert.Equal((4, 4 - Math.Sqrt(9 + 9), 4 + Math.Sqrt(16 + 4)), (difference.Value, difference.Low, difference.High));
        Assert.Equal("why", Estimate.Unknown("why").Less(difference).TooLittle);
        Assert.Equal("why", difference.Less(Estimate.Unknown("why")).TooLittle);
    }

    [Fact]
    public void A_long_phase_has_no_more_parts_than_a_short_one_and_nothing_is_lost_of_it()
    {
        var phase = Phase(5000, static tenth => tenth % 10 == 0 ? 1 : 0);
        Assert.InRange(phase.Series.Blocks.Count, 32, 64);
        Assert.Equal(
            (50_000, 5_000),
            (phase.Series.Blocks.Sum(static block => block.Requests), phase.Series.Blocks.Sum(static block => block.Lost)));
        var copy = phase.Copy();
        phase.Add(new LoadSample(0, 0, 1, RequestOutcome.Refused, 0));
        Assert.Equal((5_000, 5_000), (copy.Lost, copy.Series.Blocks.Sum(static block => block.Lost)));
    }

    [Fact]
    public void Buckets_meet_without_a_gap()
    {
        for (var nanoseconds = 0L; nanoseconds < 4_000_000_000_000; nanoseconds += 1 + (nanoseconds / 61))
        {
            var place = SparseHistogram.Place(nanoseconds);
            Assert.InRange(nanoseconds, SparseHistogram.LeastOf(place), SparseHistogram.LeastOf(place + 1) - 1);
        }
    }

    [Fact]
    public void Counts_before_a_bucket_are_those_of_all_shorter_times()
    {
        var random = new Random(5);
        long[] times = [.. Enumerable.Range(0, 500).Select(_ => (long)Math.Exp(random.NextDouble() * 25))];
        SparseHistogram one = new(), two = new();
        foreach (var (place, time) in times.Index())
        {
            (place % 2 == 0 ? one : two).Add(time);
        }

        one.Add(two);
        foreach (var time in times)
        {
            var place = SparseHistogram.Place(time);
            Assert.Equal(times.Count(other => other < SparseHistogram.LeastOf(place)), one.CountBefore(place));
        }
    }

    private static MeterPhase Phase(int tenths, Func<int, double> lost)
    {
        var phase = new MeterPhase(new OutcomeNames([]));
        for (var tenth = 0; tenth < tenths; tenth++)
        {
            for (var i = 0; i < 10; i++)
            {
                var due = (tenth * Tenth) + (i * Tenth / 10);
                phase.Add(
                    new LoadSample(due, due, due + 1_000_000, i < lost(tenth) * 10 ? RequestOutcome.Refused : RequestOutcome.Answered, 0));
            }
        }

        return phase;
    }
}
