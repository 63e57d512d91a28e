using FaultRunner;
using Turbulence.Events;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// Somebody stops the guardian, takes the ledger's folder away from the run, or damages the records in it, at every fifth point of the
/// ledger's way, or every eleventh for a kind whose way another goes more closely; at every other of these the runner dies just then, at
/// the rest it goes on. For every kind of fault there is.
/// </summary>
public sealed class TroubleEverywhereTests
{
    private const int Every = 5;
    private const int SeldomEvery = 11;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var kind in Scenario.Names)
            {
                // Of those that go one way each has another trouble.
                var number = Scenario.Names.ToList().IndexOf(kind) % Trouble.All.Count;
                foreach (var trouble in Scenario.StepOf(kind) == Scenario.Alike ? [Trouble.All[number]] : Trouble.All)
                {
                    cases.Add(kind, trouble);
                }
            }

            return Share.Of(cases, 11);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whatever_is_done_to_guardian_ledger_or_record_nothing_is_left(string kind, string trouble)
    {
        Needs.That(!StateDisk.IsNeeded(trouble) || StateDisk.Missing is null, StateDisk.Missing ?? "");
        var number = (Scenario.Names.ToList().IndexOf(kind) * Trouble.All.Count) + Trouble.All.ToList().IndexOf(trouble);
        var every = Scenario.StepOf(kind) == 1 ? Every : SeldomEvery;
        var points = await CrashPoints.EachAsync(every, number, async point =>
        {
            await using var scenario = await Scenario.PrepareAsync(kind);
            using var disk = StateDisk.Prepare(trouble, scenario.Room);
            await using var runner = scenario.Start(
                $"TURBULENCE_CRASH_RUNNER={point} TURBULENCE_CRASH_TROUBLE={trouble}{((point / every) % 2 == 0 ? " TURBULENCE_CRASH_DIES=1" : "")}");
            runner.EndInput();
            await runner.Exited;
            await scenario.QuietAsync();
            CrashPoints.ExpectNoResidue(scenario, point);

            // What is not true any more in a ledger that could not be written is found by the next command, and does no harm.
            var happened = File.Exists(Trouble.Made(scenario.Room.State));
            disk.Restore();
            var ledger = scenario.Room.Ledger;
            var result = await new Recovery(
                ledger, new FaultReversal(ledger, CrashPoints.Kinds, [Scenario.Program], TimeProvider.System)).RunAsync();

            // Damaged at the very end, when the fault is gone and its guardian has left, a record is told of for ever: nobody can know any
            // more what stood in it.
            var isTold = trouble.StartsWith(
                "record-", StringComparison.Ordinal) && File.Exists(Trouble.MadeLate(scenario.Room.State)) && result.Damaged.Count > 0
                && result.Left.Count() == result.Damaged.Count && result.Faults.All(fault => fault.State == FaultState.Confirmed);
            Assert.True(result.IsClean || isTold, $"{kind}, {trouble}, point {point}: {string.Join('\n', result.Left)}");
            CrashPoints.ExpectNoResidue(scenario, point);
            return happened;
        });
        CrashPoints.Tell(kind, trouble, points);
    }
}
