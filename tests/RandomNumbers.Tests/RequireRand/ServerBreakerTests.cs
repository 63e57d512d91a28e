using System.Net;
using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class ServerBreakerTests
{
    [Fact]
    public async Task A_server_that_fails_is_not_asked_any_more()
    {
        await using var system = new ScriptedSystem();
        await system.DistrustPrimaryAsync();
        var asked = system.Primary.Asked;
        for (var request = 0; request < 100; request++)
        {
            ScriptedSystem.AssertDrawnBy("secondary", await system.AskAsync());
        }

        Assert.Equal((asked, system.Settings.BreakerLeast), (system.Primary.Asked, asked));
    }

    [Fact]
    public async Task A_frozen_primary_is_found_out_at_one_request_a_second()
    {
        await using var system = new ScriptedSystem();
        for (var second = 0; second < 10; second++)
        {
            ScriptedSystem.AssertDrawnBy("primary", await system.AskAsync());
            system.Time.Advance(TimeSpan.FromSeconds(1));
        }

        system.Primary.Freeze();
        var slow = 0;
        for (var second = 0; second < 10; second++)
        {
            var reply = system.AskAsync();
            if (!reply.IsCompleted)
            {
                slow++;
                system.Time.Advance(system.Settings.HedgeAfter);
            }

            ScriptedSystem.AssertDrawnBy("secondary", await reply);
            await Eventually.HoldsAsync(() => system.Primary.CalledOff == slow);
            system.Time.Advance(TimeSpan.FromSeconds(1) - system.Settings.HedgeAfter);
        }

        Assert.False(system.Clients[0].IsTrusted);
        Assert.InRange(slow, 1, 2);
    }

    [Fact]
    public async Task A_frozen_primary_is_found_out_within_a_second_at_five_hundred()
    {
        // All of them are sent, so that each that is called off can be waited for.
        await using var system = new ScriptedSystem(change: static settings => settings with { RequestsAtOnce = 128 });
        var between = TimeSpan.FromMilliseconds(2);
        for (var request = 0; request < 1000; request++)
        {
            ScriptedSystem.AssertDrawnBy("primary", await system.AskAsync());
            system.Time.Advance(between);
        }

        system.Primary.Freeze();
        var frozen = system.Time.GetUtcNow();
        List<Task<ServerReply>> replies = [];
        while (system.Clients[0].IsTrusted)
        {
            replies.Add(system.AskAsync());
            system.Time.Advance(between);
            var due = replies.Count - (int)(system.Settings.HedgeAfter / between);
            if (due >= 0)
            {
                // As it is under way: the answer of the one whose time has come, and the word of it to the breaker.
                ScriptedSystem.AssertDrawnBy("secondary", await replies[due]);
                await Eventually.HoldsAsync(() => system.Primary.CalledOff > due);
            }
        }

        Assert.InRange(system.Time.GetUtcNow() - frozen, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        system.Time.Advance(system.Settings.HedgeAfter);
        Assert.All(await Task.WhenAll(replies), static reply => ScriptedSystem.AssertDrawnBy("secondary", reply));
    }

    [Fact]
    public async Task One_failure_among_many_answers_opens_nothing()
    {
        await using var system = new ScriptedSystem();
        for (var request = 0; request < 20; request++)
        {
            await system.AskAsync();
        }

        system.Primary.Say(HttpStatusCode.InternalServerError);
        ScriptedSystem.AssertDrawnBy("secondary", await system.AskAsync());
        Assert.True(system.Clients[0].IsTrusted);
    }

    [Fact]
    public async Task Whom_hedging_calls_off_before_he_had_time_is_not_blamed()
    {
        await using var system = new ScriptedSystem();
        system.Secondary.Freeze();
        for (var request = 0; request < 10; request++)
        {
            var answer = new TaskCompletionSource();
            system.Primary.AnswerAfter(answer.Task);
            var reply = system.AskAsync();
            system.Time.Advance(system.Settings.HedgeAfter);
            await Eventually.HoldsAsync(() => system.Secondary.Asked == request + 1);
            answer.SetResult();
            ScriptedSystem.AssertDrawnBy("primary", await reply);
            await Eventually.HoldsAsync(() => system.Secondary.CalledOff == request + 1);
        }

        Assert.True(system.Clients[1].IsTrusted);
    }
}
