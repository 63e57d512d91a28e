using CsCheck;
using Turbulence.Live.Feeds;

namespace Turbulence.Live.Tests.Feeds;

/// <summary>What a feed hands out to who looks at once, later, or too late.</summary>
public sealed class RunFeedTests
{
    private const int All = int.MaxValue;

    [Fact]
    public void Lines_come_in_their_order_from_whichever_one_is_asked_for()
    {
        var feed = Filled(5);

        Assert.Equal(5, feed.Read(0, All).Lines.Count);
        Assert.Equal([Line.Text(Line.Probe(3).Text), Line.Text(Line.Probe(4).Text)], feed.Read(3, All).Lines.Select(Line.Text));
        Assert.Empty(feed.Read(5, All).Lines);
        Assert.Equal(5, feed.Read(5, All).Next);
    }

    [Theory]
    [InlineData(-7)]
    [InlineData(long.MinValue)]
    public void A_number_below_all_is_the_first(long from) => Assert.Equal(5, Filled(5).Read(from, All).Lines.Count);

    [Theory]
    [InlineData(6)]
    [InlineData(long.MaxValue)]
    public void A_number_above_all_is_the_next(long from) => Assert.Equal(5, Filled(5).Read(from, All).Next);

    [Fact]
    public void What_is_read_in_one_go_is_bounded_and_nothing_is_left_out()
    {
        var feed = Filled(100);
        var next = 0L;
        List<string> seen = [];
        while (feed.Read(next, 300) is { Lines.Count: > 0 } batch)
        {
            Assert.True(batch.Lines.Count < 10);
            seen.AddRange(batch.Lines.Select(Line.Text));
            next = batch.Next;
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(static number => Line.Text(Line.Probe(number).Text)), seen);
    }

    [Fact]
    public void Of_lines_that_are_let_go_those_that_stay_are_there_and_the_others_are_counted()
    {
        var feed = new RunFeed(TimeProvider.System, mostBytes: 2_000);
        feed.Add(Line.Fault(0));
        for (var number = 1; number < 1_000; number++)
        {
            feed.Add(Line.Probe(number));
        }

        var batch = feed.Read(0, All);
        Assert.Equal(Line.Text(Line.Fault(0).Text), Line.Text(batch.Lines[0]));
        Assert.Equal(Line.Text(Line.Probe(999).Text), Line.Text(batch.Lines[^1]));
        Assert.Equal(1_000, batch.Lines.Count + batch.Skipped);
        Assert.True(batch.Lines.Count < 30);
        Assert.Equal(1_000, feed.Count);
    }

    [Fact]
    public void Whoever_reads_in_whatever_steps_is_given_or_told_to_have_missed_each_line_once() => Gen.Select(
        Gen.Int[200, 3_000], Gen.Bool.Array[0, 200], Gen.Int[1, 900].Array[1, 60]).Sample((held, faults, steps) =>
        {
            var feed = new RunFeed(TimeProvider.System, held);
            var (next, given, missed) = (0L, 0L, 0L);
            for (var number = 0; number < faults.Length; number++)
            {
                feed.Add(faults[number] ? Line.Fault(number) : Line.Probe(number));
                if (number % 3 == 0)
                {
                    Read(steps[number % steps.Length]);
                }
            }

            feed.End();
            while (next < feed.Count)
            {
                Read(All);
            }

            Assert.Equal(faults.Length, given + missed);
            Assert.True(feed.Read(next, All).IsEnd);

            void Read(int most)
            {
                var batch = feed.Read(next, most);
                given += batch.Lines.Count;
                missed += batch.Skipped;
                next = batch.Next;
            }
        });

    [Fact]
    public async Task Who_waits_for_a_line_is_woken_by_it_and_by_the_end()
    {
        var feed = new RunFeed(TimeProvider.System);
        var first = feed.WaitAsync(0, TestContext.Current.CancellationToken);
        var second = feed.WaitAsync(1, TestContext.Current.CancellationToken);
        Assert.False(first.IsCompleted);

        feed.Add(Line.Probe(0));
        await first;
        Assert.False(second.IsCompleted);

        feed.End();
        await second;
        Assert.True(feed.Read(1, All).IsEnd);
    }

    [Fact]
    public void After_the_end_nothing_is_added()
    {
        var feed = Filled(1);
        feed.End();
        feed.Add(Line.Probe(1));
        Assert.Equal(1, feed.Count);
    }

    [Theory]
    [InlineData("""{"at":1,"event":"activity-ended","name":"fault-changed"}""", false)]
    [InlineData("""{"at":1,"event":"users-progressed"}""", false)]
    [InlineData("""{"at":1,"event":"hypothesis-ended","phase":"during","met":true}""", false)]
    [InlineData("""{"at":1,"event":"hypothesis-ended","phase":"gate","met":true}""", true)]
    [InlineData("""{"at":1,"event":"fault-changed"}""", true)]
    [InlineData("""{"at":1,"event":"notice"}""", true)]
    [InlineData("""{"at":1,"event":"something-new"}""", true)]
    public void What_comes_with_each_activity_does_not_stay(string line, bool stays) =>
        Assert.Equal(stays, FeedLine.Of(System.Text.Encoding.UTF8.GetBytes(line)).Stays);

    [Fact]
    public void A_line_may_be_as_deep_as_a_journal() =>
        Assert.True(FeedLine.Of(System.Text.Encoding.UTF8.GetBytes(
            $"{{\"deep\":{new string('[', 500)}{new string(']', 500)},\"event\":\"notice\"}}")).Stays);

    [Fact]
    public void What_stays_is_bounded_as_well()
    {
        var feed = new RunFeed(TimeProvider.System, mostBytes: 1_000);
        var large = FeedLine.Of(System.Text.Encoding.UTF8.GetBytes($"{{\"event\":\"notice\",\"text\":\"{new string('x', 1 << 20)}\"}}"));
        for (var number = 0; number < 20; number++)
        {
            feed.Add(large);
        }

        var batch = feed.Read(0, All);
        Assert.InRange(batch.Lines.Count, 2, 6);
        Assert.Equal(20, batch.Lines.Count + batch.Skipped);
    }

    private static RunFeed Filled(int count)
    {
        var feed = new RunFeed(TimeProvider.System);
        for (var number = 0; number < count; number++)
        {
            feed.Add(Line.Probe(number));
        }

        return feed;
    }
}
