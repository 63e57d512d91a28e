using CsCheck;
using Turbulence.Load.Schedules;

namespace Turbulence.Load.Tests.Schedules;

public sealed class LoadScheduleTests
{
    [Fact]
    public void A_constant_rate_is_due_at_equal_distances_from_the_first_moment_on()
    {
        var moments = Moments(LoadSchedule.Constant(500, TimeSpan.FromSeconds(10)));
        Assert.Equal(5000, moments.Count);
        Assert.Equal([0, 2_000_000, 4_000_000], moments.Take(3));
        Assert.Equal(9_998_000_000, moments[^1], 1.0);
    }

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(0.1, 10, 1)]
    [InlineData(1.0 / 3, 9, 3)]
    [InlineData(1000, 0.001, 1)]
    public void Those_at_the_very_end_are_not_due_any_more(double rate, double seconds, int count) =>
        Assert.Equal(count, Moments(LoadSchedule.Constant(rate, TimeSpan.FromSeconds(seconds))).Count);

    [Fact]
    public void A_ramp_has_as_many_as_its_mean_rate_and_they_come_closer()
    {
        var moments = Moments(LoadSchedule.Ramp(0, 100, TimeSpan.FromSeconds(10)));
        Assert.Equal(500, moments.Count);
        // The integral of 10 t is 5 t²: the 20th after 2 s, the 125th after 5 s.
        Assert.Equal(2e9, moments[20], 1000.0);
        Assert.Equal(5e9, moments[125], 1000.0);
        var downwards = Moments(LoadSchedule.Ramp(100, 0, TimeSpan.FromSeconds(10)));
        Assert.Equal(500, downwards.Count);
        Assert.Equal(5e9, downwards[375], 1000.0);
    }

    [Fact]
    public void Steps_follow_each_other_and_a_break_is_one()
    {
        var second = TimeSpan.FromSeconds(1);
        var moments = Moments(LoadSchedule.Open([new(10, 10, second), new(0, 0, second), new(20, 20, second)]));
        Assert.Equal((10, 0, 20), (moments.Count(static at => at < 1e9), moments.Count(
            static at => at is >= 1_000_000_000 and < 2_000_000_000), moments.Count(static at => at >= 2e9)));
    }

    [Fact]
    public void Whatever_the_rates_are_moments_never_go_back_and_none_is_outside() =>
        Gen.Select(Gen.Select(Gen.Double[0, 200], Gen.Double[0, 200], Gen.Double[0.01, 3]).List[
            1, 5], Gen.Bool, Gen.Int).Sample((parts, isByChance, seed) =>
        {
            var schedule = LoadSchedule.Open(
                [.. parts.Select(static part => new RateSegment(part.Item1, part.Item2, TimeSpan.FromSeconds(part.Item3)))], isByChance);
            var moments = Moments(schedule, seed);
            Assert.Equal(moments.Order(), moments);
            Assert.All(moments, at => Assert.InRange(at, 0, schedule.Duration.TotalNanoseconds));
            if (!isByChance)
            {
                Assert.InRange(
                    moments.Count, schedule.Segments.Sum(static one => one.Mass) - 1, schedule.Segments.Sum(static one => one.Mass) + 1);
            }
        });

    [Fact]
    public void By_chance_their_number_and_their_distances_are_those_of_a_poisson_process()
    {
        var schedule = LoadSchedule.Open([new(1000, 1000, TimeSpan.FromSeconds(100))], isByChance: true);
        var moments = Moments(schedule, seed: 7);
        // 100,000 of them, give or take five deviations of 316.
        Assert.InRange(moments.Count, 98_420, 101_580);
        var distances = moments.Zip(moments.Skip(1), static (a, b) => (b - a) / 1e6).ToList();
        // Those of an exponential distribution: as much deviation as mean, and e^-1 above the mean.
        var mean = distances.Average();
        Assert.Equal(1, Math.Sqrt(distances.Average(distance => (distance - mean) * (distance - mean))) / mean, 0.02);
        Assert.Equal(Math.Exp(-1), distances.Count(distance => distance > mean) / (double)distances.Count, 0.01);
        Assert.Equal(moments, Moments(schedule, seed: 7));
        Assert.NotEqual(moments, Moments(schedule, seed: 8));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentException>(() => LoadSchedule.Open([]));
        Assert.Throws<ArgumentException>(() => LoadSchedule.Constant(-1, second));
        Assert.Throws<ArgumentException>(() => LoadSchedule.Constant(double.NaN, second));
        Assert.Throws<ArgumentException>(() => LoadSchedule.Constant(double.PositiveInfinity, second));
        Assert.Throws<ArgumentException>(() => LoadSchedule.Constant(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadSchedule.Closed(0, second));
    }

    private static List<long> Moments(LoadSchedule schedule, int seed = 1) => [.. schedule.Moments(new Random(seed))];
}
