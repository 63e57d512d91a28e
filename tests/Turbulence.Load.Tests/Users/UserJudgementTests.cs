using System.Text.Json.Nodes;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Users;

namespace Turbulence.Load.Tests.Users;

public sealed class UserJudgementTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(0, 0, 0, "")]
    [InlineData(3, 0, 0, "users: lost 3 of 1,000 requests, at most 2")]
    [InlineData(3, 5, 1, "users: lost 3 of 1,000 requests, at most 2")]
    [InlineData(2, 5, 1, "")]
    [InlineData(0, 5, 1, "")]
    public void What_was_lost_through_no_fault_of_the_load_is_lost_however_late_it_was(int servers, int own, int unproven, string missed)
    {
        var tally = new LoadTally(new OutcomeNames([]), Second);
        for (var i = 0; i < 1000; i++)
        {
            // One of the load's own left when half of its time was over.
            var (outcome, left, ended) = i < servers
                ? (RequestOutcome.Refused, 0, 0)
                : i < servers + own ? (RequestOutcome.TimedOut, Second / 2, Second) : (RequestOutcome.Answered, 0, 1);
            tally.Add(new LoadSample(0, left, ended, outcome, 0));
        }

        var result = tally.Result(1000, TimeSpan.FromSeconds(1), null);
        Assert.Equal(own > 0, result.Bottleneck is not null);
        var (found, unknown) = UserJudgement.Of(
            JsonNode.Parse("""{ "lost": 2, "max": "500ms", "p50": "1s" }""")!.AsObject(), LoadJson.Of(result), result);
        Assert.Equal(missed, string.Join(' ', found.Where(static line => line.Contains("lost", StringComparison.Ordinal))));
        Assert.Equal(unproven, unknown.Count);
        Assert.Equal(servers > 0 && own == 0, found.Any(static line => line.Contains("max", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_machine_that_had_no_more_for_the_load_says_nothing_of_the_system()
    {
        var tally = new LoadTally(new OutcomeNames([]), Second);
        tally.Add(new LoadSample(0, 0, 0, RequestOutcome.NeverSent, 0));
        var result = tally.Result(1, TimeSpan.FromSeconds(1), "ports");
        var (missed, unproven) = UserJudgement.Of(new JsonObject { ["lost"] = 0 }, LoadJson.Of(result), result);
        Assert.Empty(missed);
        Assert.Equal("users: what they felt proves nothing more: this machine had no more ports for the load", Assert.Single(unproven));
    }
}
