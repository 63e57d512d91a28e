namespace RandomNumbers.Tests.RequireRand;

public sealed class ServerTrialsTests
{
    [Fact]
    public async Task A_server_that_is_back_is_found_within_a_second_though_nobody_asks()
    {
        await using var system = new ScriptedSystem();
        await system.StartTrialsAsync();
        await system.DistrustPrimaryAsync();
        await system.PassUntilAsync(() => system.Primary.Asked > system.Settings.BreakerLeast + 2);
        system.Primary.Answer();
        await system.PassUntilAsync(() => system.Clients[0].IsTrusted);
        ScriptedSystem.AssertDrawnBy("primary", await system.AskAsync());
        Assert.InRange(system.Settings.TrialEvery + system.Settings.HedgeAfter, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Users_do_not_wait_while_a_frozen_server_is_tried()
    {
        await using var system = new ScriptedSystem();
        await system.StartTrialsAsync();
        await system.DistrustPrimaryAsync();
        system.Primary.Freeze();
        var asked = system.Primary.Asked;
        await system.PassUntilAsync(() => system.Primary.Asked > asked);
        for (var request = 0; request < 10; request++)
        {
            // No time passes.
            ScriptedSystem.AssertDrawnBy("secondary", await system.AskAsync());
        }

        Assert.Equal(asked + 1, system.Primary.Asked);
    }

    [Fact]
    public async Task A_trial_that_would_have_been_overtaken_does_not_count()
    {
        await using var system = new ScriptedSystem();
        await system.StartTrialsAsync();
        await system.DistrustPrimaryAsync();
        system.Primary.Freeze();
        await system.PassUntilAsync(() => system.Primary.CalledOff >= 3);
        Assert.False(system.Clients[0].IsTrusted);
    }

    [Fact]
    public async Task A_server_is_distrusted_and_trusted_again_as_often_as_it_fails()
    {
        await using var system = new ScriptedSystem();
        await system.StartTrialsAsync();
        for (var round = 0; round < 3; round++)
        {
            await system.DistrustPrimaryAsync();
            system.Primary.Answer();
            await system.PassUntilAsync(() => system.Clients[0].IsTrusted);
        }

        ScriptedSystem.AssertDrawnBy("primary", await system.AskAsync());
    }
}
