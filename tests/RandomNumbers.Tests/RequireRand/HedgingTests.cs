using System.Net;
using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class HedgingTests
{
    [Fact]
    public async Task A_primary_that_is_quick_enough_is_asked_alone()
    {
        await using var system = new ScriptedSystem();
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        var reply = system.AskAsync();
        system.Time.Advance(system.Settings.HedgeAfter - TimeSpan.FromMilliseconds(1));
        answer.SetResult();
        ScriptedSystem.AssertDrawnBy("primary", await reply);
        Assert.Equal(0, system.Secondary.Asked);
    }

    [Fact]
    public async Task A_slow_primary_is_overtaken_by_the_secondary_and_its_request_taken_back()
    {
        await using var system = new ScriptedSystem();
        system.Primary.Freeze();
        ScriptedSystem.AssertDrawnBy("secondary", await system.AskHedgedAsync());
        await Eventually.HoldsAsync(() => system.Primary.CalledOff == 1);
    }

    [Fact]
    public async Task A_primary_that_answers_after_all_before_the_secondary_still_counts()
    {
        await using var system = new ScriptedSystem();
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        system.Secondary.Freeze();
        var reply = system.AskAsync();
        system.Time.Advance(system.Settings.HedgeAfter);
        await Eventually.HoldsAsync(() => system.Secondary.Asked == 1);
        answer.SetResult();
        ScriptedSystem.AssertDrawnBy("primary", await reply);
        Assert.True(system.Clients[1].IsTrusted);
    }

    [Fact]
    public async Task A_primary_that_fails_gives_way_at_once()
    {
        await using var system = new ScriptedSystem();
        system.Primary.Refuse();
        ScriptedSystem.AssertDrawnBy("secondary", await system.AskAsync());
    }

    [Fact]
    public async Task A_refused_value_is_nobodys_failure()
    {
        await using var system = new ScriptedSystem();
        system.Primary.Say(HttpStatusCode.BadRequest, """{"server":"primary","error":"no such value"}""");
        for (var request = 0; request < 10; request++)
        {
            Assert.Equal(new ServerReply.Refused("no such value"), await system.AskAsync());
        }

        Assert.Equal((true, 0), (system.Clients[0].IsTrusted, system.Secondary.Asked));
    }

    [Fact]
    public async Task With_an_empty_budget_a_slow_primary_is_waited_for_until_its_time_limit_and_no_longer()
    {
        await using var system = new ScriptedSystem(change: static settings => settings with { HedgeShare = 0, HedgeBurst = 0 });
        system.Primary.Freeze();
        var reply = system.AskAsync();
        await system.PassUntilAsync(() => system.Secondary.Asked == 1);
        ScriptedSystem.AssertDrawnBy("secondary", await reply);
        Assert.InRange(system.Time.GetUtcNow() - system.Time.Start, system.Settings.ServerTimeLimit, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_failure_is_followed_whatever_the_budget_says()
    {
        await using var system = new ScriptedSystem(change: static settings => settings with { HedgeShare = 0, HedgeBurst = 0 });
        system.Primary.Say(HttpStatusCode.InternalServerError);
        ScriptedSystem.AssertDrawnBy("secondary", await system.AskAsync());
    }

    [Fact]
    public async Task A_third_server_is_asked_when_two_are_slow()
    {
        await using var system = new ScriptedSystem(servers: 3);
        system.Primary.Freeze();
        system.Secondary.Freeze();
        var reply = system.AskAsync();
        await system.PassUntilAsync(() => reply.IsCompleted);
        ScriptedSystem.AssertDrawnBy("tertiary", await reply);
    }

    [Fact]
    public async Task Slow_servers_get_no_more_than_their_share_of_second_requests()
    {
        // Every request is slower than the time after which the next is asked, and the breakers never open: what is left is the budget.
        const int Requests = 200;
        await using var system = new ScriptedSystem(
            change: static settings => settings with { HedgeShare = 0.1, HedgeBurst = 5, BreakerLeast = int.MaxValue });
        for (var request = 0; request < Requests; request++)
        {
            var answer = new TaskCompletionSource();
            system.Primary.AnswerAfter(answer.Task);
            system.Secondary.AnswerAfter(answer.Task);
            var reply = system.AskAsync();
            system.Time.Advance(system.Settings.HedgeAfter);
            answer.SetResult();
            await reply;
        }

        Assert.InRange(system.Secondary.Asked, 1, 5 + (Requests / 10));
        Assert.Equal(Requests, system.Primary.Asked);
    }
}
