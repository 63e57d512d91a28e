using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

public sealed class BothDownTests
{
    [Fact]
    public async Task When_both_refuse_each_is_asked_every_time_and_the_user_is_told_at_once()
    {
        await using var system = new ScriptedSystem();
        system.Primary.Refuse();
        system.Secondary.Refuse();
        for (var request = 1; request <= 20; request++)
        {
            // No time passes.
            Assert.Equal(
                new ServerReply.Failed(
                    "no rand server answered\nprimary at http://primary/: connection refused\nsecondary at http://secondary/: connection refused"),
                await system.AskAsync());
            Assert.Equal((request, request), (system.Primary.Asked, system.Secondary.Asked));
        }

        Assert.All(system.Clients, static client => Assert.False(client.IsTrusted));
    }

    [Fact]
    public async Task When_both_are_frozen_the_user_is_told_within_two_seconds()
    {
        await using var system = new ScriptedSystem();
        system.Primary.Freeze();
        system.Secondary.Freeze();
        for (var request = 0; request < 3; request++)
        {
            var reply = system.AskAsync();
            await system.PassUntilAsync(() => reply.IsCompleted, TimeSpan.FromMilliseconds(50));
            Assert.Equal(
                new ServerReply.Failed(
                    "no rand server answered\nprimary at http://primary/: timed out after 0.9 s\nsecondary at http://secondary/: timed out after 0.9 s"),
                await reply);
            Assert.InRange(system.Settings.HedgeAfter + system.Settings.ServerTimeLimit, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_one_that_is_back_first_serves_at_once_without_waiting_for_a_trial(int first)
    {
        await using var system = new ScriptedSystem();
        system.Primary.Refuse();
        system.Secondary.Refuse();
        for (var request = 0; request < 5; request++)
        {
            await system.AskAsync();
        }

        Assert.All(system.Clients, static client => Assert.False(client.IsTrusted));
        system.Servers[first].Answer();
        ScriptedSystem.AssertDrawnBy(first == 0 ? "primary" : "secondary", await system.AskAsync());
    }
}
