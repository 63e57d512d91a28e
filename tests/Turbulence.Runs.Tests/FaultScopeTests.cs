using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

namespace Turbulence.Runs.Tests;

public sealed class FaultScopeTests : IDisposable
{
    private readonly RunRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_fault_is_in_until_its_scope_ends()
    {
        var file = Precious();
        await using (var hidden = await FaultScope.BeginAsync("file.missing", new() { ["path"] = file }, room.Place, Token))
        {
            Assert.False(File.Exists(file));
            Assert.Equal(FaultState.Active, hidden.Fault.State);
            Assert.False(hidden.HasEnded);
        }

        Assert.True(File.Exists(file));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task Its_end_can_be_asked_for_and_says_what_was_seen()
    {
        await using var hidden = await FaultScope.BeginAsync("file.missing", new() { ["path"] = Precious() }, room.Place, Token);
        var outcome = await hidden.EndAsync();

        Assert.Equal(Verdict.Passed, outcome.Verdict);
        Assert.Equal(FaultState.Confirmed, Assert.Single(outcome.Faults).State);
        Assert.True(hidden.HasEnded);
    }

    [Fact]
    public async Task What_cannot_be_put_in_is_refused_before_anything_is_touched()
    {
        var refused = await Assert.ThrowsAsync<RunRefusedException>(
            () => FaultScope.BeginAsync("file.mising", [], room.Place, Token));
        Assert.Contains("file.mising", refused.Message, StringComparison.Ordinal);

        var failed = await Assert.ThrowsAsync<FaultScopeException>(
            () => FaultScope.BeginAsync("file.missing", new() { ["path"] = Path.Combine(room.Folder, "none") }, room.Place, Token));
        Assert.Equal(Verdict.Failed, failed.Outcome.Verdict);
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_fault_that_somebody_else_took_back_is_no_proof_of_what_was_done_under_it()
    {
        var file = Precious();
        var hidden = await FaultScope.BeginAsync("file.missing", new() { ["path"] = file }, room.Place, Token);
        var faults = new FaultRoom(room.Place);
        await faults.Reversal("a person", static _ => { }).RevertAsync(Assert.Single(faults.Ledger.Read().Faults));

        var thrown = await Assert.ThrowsAsync<FaultScopeException>(async () => await hidden.DisposeAsync());

        Assert.Contains("taken back by", thrown.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_scope_that_is_cancelled_takes_it_back_at_once_and_its_end_throws_nothing()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var file = Precious();
        await using var hidden = await FaultScope.BeginAsync("file.missing", new() { ["path"] = file }, room.Place, cancelling.Token);
        await cancelling.CancelAsync();

        await Eventually.HoldsAsync(() => hidden.HasEnded);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Scopes_stand_inside_each_other_and_end_in_any_order()
    {
        var (one, two) = (Precious("one"), Precious("two"));
        var first = await FaultScope.BeginAsync("file.missing", new() { ["path"] = one }, room.Place, Token);
        var second = await FaultScope.BeginAsync("file.missing", new() { ["path"] = two }, room.Place, Token);
        await first.DisposeAsync();

        Assert.True(File.Exists(one));
        Assert.False(File.Exists(two));
        await second.DisposeAsync();
        Assert.True(File.Exists(two));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task Its_own_duration_takes_it_back_before_the_scope_ends()
    {
        var file = Precious();
        await using var hidden = await FaultScope.BeginAsync(
            new ScopedFault("file.missing", new JsonObject { ["path"] = file }) { Duration = TimeSpan.FromMilliseconds(200) },
            place: room.Place,
            cancellationToken: Token);

        await Eventually.HoldsAsync(() => File.Exists(file));
        Assert.Equal(Verdict.Passed, (await hidden.EndAsync()).Verdict);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Precious(string name = "precious")
    {
        var file = Path.Combine(room.Folder, name);
        File.WriteAllText(file, name);
        return file;
    }
}
