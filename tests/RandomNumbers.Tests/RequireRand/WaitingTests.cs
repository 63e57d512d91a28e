using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class WaitingTests
{
    [Fact]
    public async Task A_server_has_no_more_requests_at_once_than_it_should_and_the_others_wait()
    {
        await using var system = new ScriptedSystem(servers: 1, change: static settings => settings with { RequestsAtOnce = 3 });
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        var replies = Enumerable.Range(0, 6).Select(_ => system.AskAsync()).ToArray();
        Assert.Equal(3, system.Primary.Asked);
        answer.SetResult();
        Assert.All(await Task.WhenAll(replies), static reply => ScriptedSystem.AssertDrawnBy("primary", reply));
        Assert.Equal(6, system.Primary.Asked);
    }

    [Fact]
    public async Task Who_waits_for_his_turn_is_hedged_like_everybody()
    {
        await using var system = new ScriptedSystem(change: static settings => settings with { RequestsAtOnce = 2 });
        system.Primary.Freeze();
        var replies = Enumerable.Range(0, 4).Select(_ => system.AskAsync()).ToArray();
        system.Time.Advance(system.Settings.HedgeAfter);
        Assert.All(await Task.WhenAll(replies), static reply => ScriptedSystem.AssertDrawnBy("secondary", reply));
        Assert.InRange(system.Primary.Asked, 2, 4);
    }

    [Fact]
    public async Task The_time_limit_holds_for_the_waiting_too()
    {
        await using var system = new ScriptedSystem(servers: 1, change: static settings => settings with { RequestsAtOnce = 1 });
        system.Primary.Freeze();
        var replies = Enumerable.Range(0, 2).Select(_ => system.AskAsync()).ToArray();
        system.Time.Advance(system.Settings.ServerTimeLimit);
        Assert.All(await Task.WhenAll(replies), static reply => Assert.EndsWith(
            "primary: timed out after 0.9 s",
            Assert.IsType<ServerReply.Failed>(reply).Reason.Replace(" at http://primary/", "", StringComparison.Ordinal),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_wait_for_their_turn_the_newest_first_and_the_oldest_is_told_when_there_are_too_many()
    {
        await using var system = new ScriptedSystem(
            servers: 1, change: static settings => settings with { UsersAtOnce = 1, UsersWaiting = 2 });
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        var replies = Enumerable.Range(0, 4).Select(_ => system.AskAsync()).ToArray();
        Assert.Equal(new ServerReply.Failed("too many ask at the same time"), await replies[1]);
        answer.SetResult();
        foreach (var reply in (int[])[0, 2, 3])
        {
            ScriptedSystem.AssertDrawnBy("primary", await replies[reply]);
        }
    }

    [Fact]
    public async Task A_user_whose_turn_does_not_come_is_told_so()
    {
        await using var system = new ScriptedSystem(
            servers: 1, change: static settings => settings with { UsersAtOnce = 1, ServerTimeLimit = TimeSpan.FromSeconds(5) });
        var answer = new TaskCompletionSource();
        system.Primary.AnswerAfter(answer.Task);
        var replies = new List<Task<ServerReply>> { system.AskAsync() };
        system.Time.Advance(TimeSpan.FromSeconds(1));
        replies.Add(system.AskAsync());
        answer.SetResult();
        await replies[0];
        ScriptedSystem.AssertDrawnBy("primary", await replies[1]);
        system.Primary.Freeze();
        replies.Add(system.AskAsync());
        replies.Add(system.AskAsync());
        await system.PassUntilAsync(() => replies[3].IsCompleted, TimeSpan.FromMilliseconds(100));
        Assert.IsType<ServerReply.Failed>(await replies[3]);
        await replies[2];
    }
}
