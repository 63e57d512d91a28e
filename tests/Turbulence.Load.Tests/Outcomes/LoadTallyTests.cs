using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Outcomes;

/// <summary>Whose fault it is that requests were slow: the server's, or the load's own.</summary>
public sealed class LoadTallyTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(0, 300, false, false)]
    [InlineData(8, 1, false, false)]
    [InlineData(30, 400, false, false)]
    [InlineData(30, 5, true, false)]
    [InlineData(60, 400, true, false)]
    [InlineData(250, 5000, false, true)]
    [InlineData(250, 5, true, true)]
    public void It_is_the_loads_where_much_of_the_time_or_of_the_limit_is_its_own(int late, int takes, bool isInDoubt, bool isBottleneck)
    {
        var tally = new LoadTally(new OutcomeNames([]), 2000 * Millisecond);
        for (var i = 0; i < 1000; i++)
        {
            tally.Add(new LoadSample(i, i + (late * Millisecond), i + ((late + takes) * Millisecond), RequestOutcome.Answered, 0));
        }

        var result = tally.Result(1000, TimeSpan.FromSeconds(1), null);
        Assert.Equal((isInDoubt, isBottleneck), (result.Doubt is not null, result.Bottleneck is not null));
        Assert.Equal(isInDoubt || isBottleneck, LoadJson.Of(result)["bottleneck"] is not null);
    }

    [Fact]
    public void A_few_that_left_late_say_nothing_of_all()
    {
        var tally = new LoadTally(new OutcomeNames([]), 2000 * Millisecond);
        for (var i = 0; i < 1000; i++)
        {
            var late = i % 200 == 0 ? 500 * Millisecond : 0;
            tally.Add(new LoadSample(i, i + late, i + late + Millisecond, RequestOutcome.Answered, 0));
        }

        Assert.Null(tally.Result(1000, TimeSpan.FromSeconds(1), null).Bottleneck);
    }

    [Theory]
    [InlineData(RequestOutcome.TimedOut, 900, 2000, true)]
    [InlineData(RequestOutcome.NeverSent, 900, 2000, true)]
    [InlineData(RequestOutcome.TimedOut, 0, 3000, true)]
    [InlineData(RequestOutcome.TimedOut, 5, 2005, false)]
    [InlineData(RequestOutcome.Reset, 900, 1000, false)]
    public void What_was_lost_because_the_load_stood_still_is_not_the_servers(
        RequestOutcome outcome, int left, int ended, bool isBottleneck)
    {
        // A load of minutes that was stopped for a second or two: too few of all to be seen in its p99.
        var tally = new LoadTally(new OutcomeNames([]), 2000 * Millisecond);
        for (var i = 0; i < 10_000; i++)
        {
            tally.Add(i < 20
                ? new LoadSample(0, left * Millisecond, ended * Millisecond, outcome, 0)
                : new LoadSample(0, 0, Millisecond, RequestOutcome.Answered, 0));
        }

        Assert.Equal(isBottleneck, tally.Result(10_000, TimeSpan.FromMinutes(1), null).Bottleneck is not null);
    }

    [Fact]
    public void Who_looks_while_requests_end_never_sees_more_of_them_than_were_due()
    {
        var tally = new LoadTally(new OutcomeNames([]), 1);
        tally.Add(new LoadSample(0, 0, 1, RequestOutcome.Answered, 0));
        var result = tally.Result(0, TimeSpan.Zero, null);
        Assert.Equal((1, 0), (result.Intended, result.InFlight));
    }

    [Fact]
    public void A_machine_that_had_no_more_for_it_is_the_bottleneck() =>
        Assert.Equal(
            "this machine had no more ports for the load",
            new LoadTally(new OutcomeNames([]), 1).Result(0, TimeSpan.Zero, "ports").Bottleneck);

    [Fact]
    public void One_that_was_lost_counts_with_the_whole_limit_and_one_that_was_cancelled_does_not()
    {
        var tally = new LoadTally(new OutcomeNames(["a"]), 2000 * Millisecond);
        tally.Add(new LoadSample(0, 0, Millisecond, RequestOutcome.Answered, 0));
        tally.Add(new LoadSample(0, 0, Millisecond, RequestOutcome.Refused, 0));
        tally.Add(new LoadSample(0, 0, 5 * Millisecond, RequestOutcome.Cancelled, 0));
        var result = tally.Result(4, TimeSpan.FromSeconds(1), null);
        Assert.Equal((4, 1, 1), (result.Intended, result.InFlight, result.Lost));
        Assert.Equal((1, 2000), (Math.Round(result.Latency.P50), Math.Round(result.Latency.Longest)));
        Assert.Equal(["a", "refused", "cancelled"], result.LatencyByOutcome.Select(static one => one.Key));
        Assert.Equal(1, Math.Round(result.LatencyByOutcome[1].Value.Longest));
    }

    [Fact]
    public void A_timeline_of_any_length_has_some_hundred_parts_and_all_requests()
    {
        var timeline = new LoadTimeline();
        for (var second = 0L; second < 7200; second++)
        {
            timeline.Add(new LoadSample(second * 1000 * Millisecond, 0, (second * 1000 * Millisecond) + (second == 3600
                ? 50 * Millisecond
                : Millisecond), second % 2 == 0 ? RequestOutcome.Answered : RequestOutcome.Refused, 0));
        }

        var told = timeline.ToJson();
        Assert.Equal(12_800, (long)told["part_ms"]!);
        Assert.InRange(told["requests"]!.AsArray().Count, 300, 600);
        Assert.Equal(
            (7200, 3600),
            (told["requests"]!.AsArray().Sum(static one => (long)one!), told["lost"]!.AsArray().Sum(static one => (long)one!)));
        Assert.Equal(
            3600_000 / 12_800,
            told["longest_ms"]!.AsArray().Select(static (one, place) => ((double)one!, place)).MaxBy(static one => one.Item1).place);
    }
}
