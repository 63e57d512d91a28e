using System.Text.Json.Nodes;
using FaultRunner;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// The power goes away at each single operation of the ledger, and what was not flushed is lost; the fault itself stays, which is the worst
/// case.
/// </summary>
public sealed class PowerLossTests : IDisposable
{
    private static readonly FaultKinds Kinds = new(new FileKind());
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_is_lost_with_the_power_recovery_takes_the_fault_back(bool namesSurvive)
    {
        var points = 0;
        while (await LosePowerAtAsync(points + 1, namesSurvive))
        {
            points++;
        }

        Assert.True(points > 30, $"{points} points");
        TestContext.Current.SendDiagnosticMessage(
            $"power loss, {(namesSurvive ? "names survive" : "all that is not flushed is gone")}: {points} points");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_is_lost_while_recovery_works_the_next_recovery_ends_it(bool namesSurvive)
    {
        var points = 0;
        for (var lost = true; lost; points++)
        {
            using var files = new RecoverableDisk(room, points + 1);
            lost = await files.RecoverAsync();
            files.Disk.PowerUp(namesSurvive);
            await files.RecoverAsync();
            Assert.False(File.Exists(room["fault"]), $"the fault is left at point {points + 1}");
            Assert.Empty(files.Ledger.Read().Faults);
        }

        Assert.True(points > 15, $"{points} points");
        TestContext.Current.SendDiagnosticMessage($"power loss in recovery: {points - 1} points");
    }

    private async Task<bool> LosePowerAtAsync(int point, bool namesSurvive)
    {
        var files = new VolatileFiles(point);
        var ledger = new Ledger(room.State, files);
        Assert.Null(ledger.Prepare());
        var lost = false;
        try
        {
            var run = new RunRecord(
                "run", "t", RunnerIdentity.Of(new ProcessIdentity(int.MaxValue, 1)) with { Boot = "" }, DateTimeOffset.UnixEpoch);
            ledger.SaveRun(run, durably: false);
            ledger.SaveRun(run with { Title = "guarded" });
            var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
            await using var session = new FaultSession(
                ledger, run, Kinds, new NoGuardian(), ["self"], time, new Random(1), static _ => { });
            var request = new FaultRequest("", new JsonObject { ["path"] = room["fault"] }, room.Path);
            await session.InjectAsync(new FaultOrder("a", new FileKind(), request), TestContext.Current.CancellationToken);
            Recovery.Forget(ledger, run.Id, await session.RevertAllAsync());
        }
        catch (PowerLossException)
        {
            lost = true;
        }

        files.PowerUp(namesSurvive);
        await RecoveryOf(ledger).RunAsync();
        Assert.False(File.Exists(room["fault"]), $"the fault is left at point {point}");
        Assert.Empty(ledger.Read().Faults);
        Assert.Empty(ledger.Read().Damaged);
        return lost;
    }

    private static Recovery RecoveryOf(Ledger ledger) => new(ledger, new FaultReversal(ledger, Kinds, ["self"], TimeProvider.System));

    /// <summary>A disk on which a run has died with a fault in.</summary>
    private sealed class RecoverableDisk : IDisposable
    {
        public RecoverableDisk(Room room, int deadly)
        {
            File.WriteAllText(room["fault"], "whole");
            Disk = new VolatileFiles(int.MaxValue);
            Ledger = new Ledger(room.State, Disk);
            Ledger.SaveRun(new RunRecord(
                "run", "t", RunnerIdentity.Of(new ProcessIdentity(int.MaxValue, 1)) with { Boot = "" }, DateTimeOffset.UnixEpoch));
            Ledger.Save(new FaultRecord(
                "fault", "run", "test.file", "a", RunnerIdentity.Of(new ProcessIdentity(int.MaxValue, 1)), DateTimeOffset.UnixEpoch,
                [new FaultTarget("k", "k")],
                new JsonObject { ["path"] = room["fault"] }, "rm")
            {
                State = FaultState.Active,
            });
            Disk.DieAt(deadly);
        }

        public VolatileFiles Disk { get; }

        public Ledger Ledger { get; }

        public async Task<bool> RecoverAsync()
        {
            try
            {
                await RecoveryOf(Ledger).RunAsync();
                return false;
            }
            catch (PowerLossException)
            {
                return true;
            }
        }

        public void Dispose() => Ledger.Remove("fault");
    }
}
