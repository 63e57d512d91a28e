using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Users;

namespace Turbulence.Load.Tests.Users;

/// <summary>What is told to people is no more than what was seen.</summary>
public sealed class UserWordsTests
{
    private const long Second = 1_000_000_000;
    private static readonly OutcomeNames Names = new([]);

    [Fact]
    public void Where_nobody_came_nobody_is_said_to_have_been_served() =>
        Assert.Equal("nobody came while it was in, none lost, nobody came after it was undone", Words([(0, false), (1, false)], (10, 20)));

    [Fact]
    public void What_was_between_two_rare_requests_is_not_known() =>
        Assert.Equal(
            "none lost, p99 1.00 ms → 1.00 ms, back within 1.00 s", Words([(0, false), (1, false), (2, false), (3, false)], (1, 3)));

    [Fact]
    public void What_was_lost_before_a_fault_is_told_with_it() =>
        Assert.Equal("1 lost in 1.00 s, before it 1 of 2 were lost already, back within 1.00 s", Words(
            [(0, true), (1, false), (2, true), (3, false)], (2, 3)));

    [Fact]
    public void What_was_slow_to_the_end_is_not_said_to_be_over()
    {
        var meter = new FailoverMeter(Names);
        for (var due = 0L; due < 4 * Second; due += Second / 100)
        {
            if (due == 2 * Second)
            {
                meter.Begin("f", due);
            }

            meter.Add(new LoadSample(due, due, due + (due < 2 * Second ? 1_000_000 : 50_000_000), RequestOutcome.Answered, 0));
        }

        var words = UserWords.Of(new LoadTally(Names, Second).Result(0, TimeSpan.Zero, null), meter.Costs, 0).ElementAt(1);
        Assert.Equal("users at fault f: none lost, p99 1.00 ms → 50.0 ms, still slow at the end", words);
    }

    [Fact]
    public void What_was_cancelled_is_neither_served_nor_lost_and_took_no_time()
    {
        var tally = new LoadTally(Names, Second);
        tally.Add(new LoadSample(0, 0, 5, RequestOutcome.Cancelled, 0));
        Assert.Equal(["users: 1 request, none lost (1 cancelled)", "users: 2 more faults were not looked at"], UserWords.Of(
            tally.Result(1, TimeSpan.Zero, null), [], 2));
    }

    [Fact]
    public void Why_they_were_lost_is_told_the_most_frequent_reasons_first_and_the_rest_together()
    {
        LossReason[] reasons =
        [
            new("error_status", "status 503", 4),
            new("refused", "connection refused", 1612),
            new("reset", "a", 3),
            new("reset", "b", 2),
            new("reset", "c", 1),
            new("timed_out", "no answer within the time limit", 7),
        ];
        var result = new LoadTally(Names, Second).Result(1629, TimeSpan.Zero, null) with { Reasons = reasons };
        Assert.Equal(
            "users: lost for connection refused (1,612), no answer within the time limit (7), status 503 (4), a (3), other reasons (3)",
            UserWords.Of(result, [], 0).ElementAt(1));
    }

    private static string Words(IReadOnlyList<(int Due, bool IsLost)> requests, (int Begun, int Ended) fault)
    {
        var meter = new FailoverMeter(Names);
        var samples = requests.Select(static one => (At: one.Due * 2, Do: (Action<FailoverMeter>)(meter =>
            meter.Add(new LoadSample(one.Due * Second, one.Due * Second, (one.Due * Second) + (Second / 1000), one.IsLost
                ? RequestOutcome.Refused
                : RequestOutcome.Answered, 0)))));
        (int At, Action<FailoverMeter> Do)[] changes = [((fault.Begun * 2) - 1, told => told.Begin(
            "f", fault.Begun * Second)), ((fault.Ended * 2) - 1, told => told.End("f", fault.Ended * Second))];
        foreach (var (_, change) in samples.Concat(changes).OrderBy(static one => one.At))
        {
            change(meter);
        }

        var words = UserWords.Of(new LoadTally(Names, Second).Result(0, TimeSpan.Zero, null), meter.Costs, 0).ElementAt(1);
        return words["users at fault f: ".Length..];
    }
}
