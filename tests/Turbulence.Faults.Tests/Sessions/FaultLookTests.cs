using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Tests.Sessions;

/// <summary>The session's side of reading effects back.</summary>
public sealed class FaultLookTests : IDisposable
{
    private readonly Room room = new();
    private readonly ScriptedKind kind = new();
    private readonly WaitedTime time = new();
    private readonly List<(string Id, string Seen)> lost = [];

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_fault_that_has_lost_its_effect_is_told_and_one_that_is_in_is_not()
    {
        await using var session = Session();
        var id = (await InjectAsync(session)).Id;
        await session.LookAsync(isLast: false, TestContext.Current.CancellationToken);
        Assert.Empty(lost);
        kind.Observe = static () => new Evidence(false, "it runs again");
        await session.LookAsync(isLast: false, TestContext.Current.CancellationToken);
        Assert.Equal([(id, "it runs again")], lost);
        await session.RevertAllAsync();
        await session.LookAsync(isLast: false, TestContext.Current.CancellationToken);
        Assert.Single(lost);
    }

    [Theory]
    [InlineData(0L, false)]
    [InlineData(3L, true)]
    public async Task What_a_fault_has_hit_by_its_last_look_is_its_effect(long hits, bool isEffective)
    {
        await using var session = Session();
        kind.Observe = static () => new Evidence(true, "nothing") { Hits = 0 };
        await InjectAsync(session);
        kind.Observe = () => new Evidence(true, $"{hits} hit") { Hits = hits };
        await session.LookAsync(isLast: false, TestContext.Current.CancellationToken);
        Assert.Equal("nothing", Assert.Single(session.Faults).Effect!.Text);
        await session.LookAsync(isLast: true, TestContext.Current.CancellationToken);
        Assert.Empty(lost);
        var confirmed = Assert.Single(await session.RevertAllAsync());
        Assert.Equal((FaultState.Confirmed, isEffective, $"{hits} hit"), (confirmed.State, confirmed.Effect!.Seen, confirmed.Effect.Text));
    }

    [Fact]
    public async Task The_look_at_its_duration_is_the_last_one()
    {
        await using var session = Session();
        kind.Observe = static () => new Evidence(true, "nothing") { Hits = 0 };
        await InjectAsync(session, TimeSpan.FromSeconds(5));
        await time.WaitedForAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync(() => session.Faults[0].State == FaultState.Confirmed);
        Assert.False(session.Faults[0].Effect!.Seen);
    }

    [Fact]
    public async Task What_could_not_be_counted_at_its_end_is_no_effect()
    {
        await using var session = Session();
        kind.Observe = static () => new Evidence(true, "nothing") { Hits = 0 };
        await InjectAsync(session, TimeSpan.FromSeconds(7));
        using var held = new ManualResetEventSlim();
        kind.Observe = () =>
        {
            held.Wait(TestContext.Current.CancellationToken);
            return new Evidence(true, "late") { Hits = 7 };
        };
        await time.WaitedForAsync(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));
        await time.WaitedForAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync(() => session.Faults[0].State == FaultState.Confirmed);
        Assert.Equal(new Evidence(false, "what it has hit could not be seen at its end"), session.Faults[0].Effect);
        held.Set();
    }

    [Fact]
    public async Task A_look_that_hangs_holds_the_taking_back_up_by_nothing()
    {
        await using var session = Session();
        await InjectAsync(session);
        using var held = new ManualResetEventSlim();
        kind.Observe = () =>
        {
            held.Wait(TestContext.Current.CancellationToken);
            return new Evidence(false, "late");
        };
        var look = session.LookAsync(isLast: false, TestContext.Current.CancellationToken);
        Assert.Equal(FaultState.Confirmed, Assert.Single(await session.RevertAllAsync()).State);
        held.Set();
        await look;
        Assert.Empty(lost);
    }

    private FaultSession Session() =>
        new(room.Ledger, Records.Run(), new FaultKinds(kind), new NoGuardian(), ["self"], time, new Random(1), static _ => { })
        {
            Lose = (id, seen) => lost.Add((id, seen)),
        };

    private async Task<FaultRecord> InjectAsync(FaultSession session, TimeSpan? duration = null) => (await session.InjectAsync(
        new FaultOrder("a", kind, new FaultRequest("", [], "/") { Duration = duration }), TestContext.Current.CancellationToken)).Record!;
}
