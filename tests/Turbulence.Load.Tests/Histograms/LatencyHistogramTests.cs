using CsCheck;
using Turbulence.Load.Histograms;

namespace Turbulence.Load.Tests.Histograms;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_quantile_is_the_nearest_rank_and_at_most_a_256th_too_high() =>
        Gen.Select(Gen.Long[0, 4_000_000_000_000].List[1, 300], Gen.Double[0, 1]).Sample((times, quantile) =>
        {
            var histogram = new LatencyHistogram();
            times.ForEach(histogram.Add);
            var exact = times.Order().ElementAt(Math.Max(1, (int)Math.Ceiling((quantile * times.Count) - 1e-9)) - 1);
            var said = histogram.NanosecondsAt(quantile);
            Assert.InRange(said, exact, exact + Math.Max(1000, exact / 256));
            Assert.Equal(times.Max(), histogram.NanosecondsAt(1));
            Assert.Equal(times.Count, histogram.Count);
        });

    [Fact]
    public void Two_together_are_what_one_would_have_counted() =>
        Gen.Select(Gen.Long[0, 10_000_000_000].List, Gen.Long[0, 10_000_000_000].List).Sample((some, others) =>
        {
            LatencyHistogram one = new(), two = new(), both = new();
            some.ForEach(one.Add);
            others.ForEach(two.Add);
            some.Concat(others).ToList().ForEach(both.Add);
            one.Add(two);
            foreach (var quantile in new[] { 0, 0.5, 0.9, 0.99, 0.999, 1 })
            {
                Assert.Equal(both.NanosecondsAt(quantile), one.NanosecondsAt(quantile));
            }
        });

    [Fact]
    public void What_takes_longer_than_it_can_count_is_the_longest()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(long.MaxValue / 2);
        histogram.Add(-5);
        Assert.Equal((0, long.MaxValue / 2), (histogram.NanosecondsAt(0.5) / 1000, histogram.NanosecondsAt(1)));
    }

    [Fact]
    public void Those_above_a_limit_are_counted_and_none_is_left_when_it_forgets()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(TimeSpan.Zero, histogram.At(0.99));
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
        {
            histogram.Add(milliseconds * 1_000_000L);
        }

        Assert.Equal(10, histogram.CountAbove(TimeSpan.FromMilliseconds(90)));
        Assert.Equal(50, histogram.At(0.5).TotalMilliseconds, 0.2);
        histogram.Clear();
        Assert.Equal((0L, TimeSpan.Zero, 0L), (histogram.Count, histogram.Longest, histogram.CountAbove(TimeSpan.Zero)));
    }
}
