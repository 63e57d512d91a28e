using System.Text.Json.Nodes;
using FaultRunner;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Tests.Sessions;

/// <summary>
/// A fault is gone when the system says so, never when a file is missing: what becomes of it when the ledger does not do its part.
/// </summary>
public sealed class CustodyTests : IDisposable
{
    private readonly Room room = new();
    private readonly WaitedTime time = new();
    private readonly ScriptedKind kind = new();

    public static TheoryData<string> Ways => [Trouble.Emptied, Trouble.Halved, Trouble.Deleted, Trouble.Newer];

    public static TheoryData<string> Troubles =>
        [Trouble.Open, Trouble.Link, Trouble.Gone, Trouble.AFile, Trouble.WithoutLocks, Trouble.WithoutFaults];

    private int Reverts => kind.Asked.Count(asked => asked.StartsWith("revert", StringComparison.Ordinal));

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_record_that_was_damaged_is_no_word_so_the_run_takes_back_and_looks_by_itself(string way)
    {
        await using var session = Session();
        var id = await InjectAsync(session);

        Trouble.Damage(way, FileOf(id));
        var fault = Assert.Single(await session.RevertAllAsync());

        Assert.Equal((FaultState.Confirmed, "it is gone", null), (fault.State, fault.Confirmation!.Text, fault.RevertedBy));
        Assert.Equal(1, Reverts);
        Assert.Contains($"the record of fault {id}", Assert.Single(session.Complaints), StringComparison.Ordinal);
        Assert.Empty(room.Ledger.Read().Damaged);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_record_that_was_damaged_while_the_fault_is_in_is_written_anew(string way)
    {
        await using var session = Session();
        var id = await InjectAsync(session);

        Trouble.Damage(way, FileOf(id));
        await session.TendAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FaultState.Active, Assert.Single(room.Ledger.Read().Faults).State);
        Assert.Empty(room.Ledger.Read().Damaged);
        Assert.True(session.HasOutstanding);
        Assert.Equal(0, Reverts);
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Whatever_is_wrong_with_the_ledger_the_fault_is_taken_back_first(string trouble)
    {
        await using var session = Session();
        await InjectAsync(session);

        Trouble.Make(trouble, room.State);
        var fault = Assert.Single(await session.RevertAllAsync());

        Assert.Equal((FaultState.Confirmed, "it is gone"), (fault.State, fault.Confirmation!.Text));
        Assert.Equal(1, Reverts);
        Assert.NotEmpty(session.Complaints);
    }

    [Fact]
    public async Task A_kind_that_changes_its_undo_while_it_takes_back_needs_no_disk()
    {
        await using var session = Session();
        await InjectAsync(session);
        kind.RevertWith = async tools =>
        {
            await tools.SaveAsync(new JsonObject { ["child"] = 8 });
            return StepResult.Done;
        };
        Trouble.Make(Trouble.Open, room.State);
        Assert.Equal(FaultState.Confirmed, Assert.Single(await session.RevertAllAsync()).State);
    }

    [Fact]
    public async Task Somebody_elses_word_is_taken_at_the_next_look_and_nothing_is_taken_back_twice()
    {
        await using var session = Session();
        var id = await InjectAsync(session);
        var other = new FaultReversal(room.Ledger, new FaultKinds(kind), ["self"], time) { By = "somebody" };
        await other.RevertAsync(room.Ledger.Find(id)!);

        await session.TendAsync(TestContext.Current.CancellationToken);

        var known = Assert.Single(session.Faults);
        Assert.Equal((FaultState.Confirmed, "somebody", "it is gone"), (known.State, known.RevertedBy, known.Confirmation!.Text));
        await session.RevertAllAsync();
        Assert.Equal(1, Reverts);
        Assert.Empty(session.Complaints);
    }

    [Fact]
    public async Task A_record_that_says_confirmed_and_not_what_was_seen_is_no_word()
    {
        await using var session = Session();
        var id = await InjectAsync(session);
        room.Ledger.Save(room.Ledger.Find(id)! with { State = FaultState.Confirmed });
        await session.RevertAllAsync();
        Assert.Equal(1, Reverts);
    }

    [Fact]
    public async Task A_record_that_says_confirmed_and_not_by_whom_is_no_word_to_its_run()
    {
        await using var session = Session();
        var id = await InjectAsync(session);
        room.Ledger.Save(room.Ledger.Find(id)! with { State = FaultState.Confirmed, Confirmation = new Evidence(true, "believe me") });
        await session.TendAsync(TestContext.Current.CancellationToken);
        Assert.Equal(FaultState.Active, Assert.Single(room.Ledger.Read().Faults).State);

        room.Ledger.Save(room.Ledger.Find(id)! with { State = FaultState.Confirmed, Confirmation = new Evidence(true, "believe me") });
        Assert.Equal("it is gone", Assert.Single(await session.RevertAllAsync()).Confirmation!.Text);
        Assert.Equal(1, Reverts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_record_that_says_planned_nothing_is_said_before_the_system_was_looked_at(bool isIn)
    {
        var other = new FaultReversal(room.Ledger, new FaultKinds(kind), ["self"], time) { By = "somebody" };
        var planned = Records.Fault(state: FaultState.Planned) with { Kind = "test.scripted" };
        room.Ledger.Save(planned);
        kind.Check = () => new Evidence(!isIn || Reverts > 0, "it was looked at");

        var fault = await other.RevertAsync(planned);

        Assert.Equal((FaultState.Confirmed, "it was looked at"), (fault.State, fault.Confirmation!.Text));
        Assert.Equal(isIn ? 1 : 0, Reverts);
    }

    [Fact]
    public async Task Who_is_not_the_owner_and_finds_the_record_gone_looks_and_touches_nothing()
    {
        var other = new FaultReversal(room.Ledger, new FaultKinds(kind), ["self"], time);
        var known = Records.Fault() with { Kind = "test.scripted" };
        var gone = await other.RevertAsync(known);
        Assert.Equal((FaultState.Confirmed, "it is gone"), (gone.State, gone.Confirmation!.Text));

        // Not as before, and under another fault by now: that one is not to be disturbed.
        kind.Check = static () => new Evidence(false, "it is stopped");
        room.Ledger.Save(Records.Fault("another", "another"));
        Assert.Contains("held by", (await other.RevertAsync(known)).Confirmation!.Text, StringComparison.Ordinal);
        Assert.Equal(0, Reverts);
    }

    private string FileOf(string id) => Path.Combine(room.State, "faults", $"{id}.json");

    private FaultSession Session() =>
        new(room.Ledger, Records.Run(), new FaultKinds(kind), new NoGuardian(), ["self"], time, new Random(1), static _ => { });

    private async Task<string> InjectAsync(FaultSession session)
    {
        var injection = await session.InjectAsync(
            new FaultOrder("a", kind, new FaultRequest("", [], "/")), TestContext.Current.CancellationToken);
        Assert.Null(injection.Problem);
        return injection.Record!.Id;
    }
}
