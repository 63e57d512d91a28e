using System.Net;
using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class MistakesTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Without_a_time_limit_a_user_waits_as_long_as_the_server_is_frozen()
    {
        await using var system = Making("no-time-limit");
        var thawed = new TaskCompletionSource();
        system.Primary.AnswerAfter(thawed.Task);
        var reply = system.AskAsync();
        system.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(reply.IsCompleted);
        Assert.Equal(0, system.Secondary.Asked);
        thawed.SetResult();
        ScriptedSystem.AssertDrawnBy("primary", await reply);
    }

    [Fact]
    public async Task A_retry_storm_asks_a_server_that_fails_four_times_for_each_request()
    {
        await using var system = Making("retry-storm");
        system.Primary.Say(HttpStatusCode.InternalServerError);
        for (var request = 1; request <= 10; request++)
        {
            var reply = system.AskAsync();
            await system.PassUntilAsync(() => reply.IsCompleted);
            ScriptedSystem.AssertDrawnBy("secondary", await reply);
            Assert.Equal(4 * request, system.Primary.Asked);
        }
    }

    [Fact]
    public async Task Without_a_breaker_every_request_asks_a_server_that_never_answers()
    {
        await using var system = Making("no-breaker");
        system.Primary.Freeze();
        for (var request = 1; request <= 10; request++)
        {
            ScriptedSystem.AssertDrawnBy("secondary", await system.AskHedgedAsync());
            Assert.Equal(request, system.Primary.Asked);
        }
    }

    [Fact]
    public async Task With_a_pool_of_one_requests_wait_for_one_another()
    {
        await using var system = Making("pool-of-one");
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        var replies = Enumerable.Range(0, 5).Select(_ => system.AskAsync()).ToArray();
        Assert.Equal(1, system.Primary.Asked);
        answer.SetResult();
        await system.PassUntilAsync(() => replies.All(static reply => reply.IsCompleted), Step);
    }

    [Fact]
    public void A_mistake_that_nobody_knows_is_none() => Assert.Null(Mistakes.Make("no-such", new ResilienceSettings()));

    private static ScriptedSystem Making(string mistake) => new(change: settings => Mistakes.Make(mistake, settings)!);
}
