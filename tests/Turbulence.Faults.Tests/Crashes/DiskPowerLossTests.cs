using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// The power goes away at every point of the ledger's way, on a real file system: the process dies, what was not flushed is lost, ledger
/// and files alike, and the faults that live in processes stay, which is the worst case. For every kind of fault there is.
/// </summary>
public sealed class DiskPowerLossTests
{
    public static TheoryData<string> Names(int way) => Scenario.NamesFor(way);

    [Theory]
    [MemberData(nameof(Names), 4)]
    public async Task Whatever_the_runner_loses_with_the_power_recovery_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            // The guardian dies before it does anything.
            await using var runner = scenario.Start($"TURBULENCE_CRASH_RUNNER={point} TURBULENCE_CRASH_GUARDIAN=1");
            runner.EndInput();
            var hasDied = (await runner.Exited).Signal == PosixSignalNumber.Kill;
            await scenario.QuietAsync();
            return hasDied;
        });
        CrashPoints.Tell(kind, "the power goes away from the runner", points);
    }

    [Theory]
    [MemberData(nameof(Names), 5)]
    public async Task Whatever_the_guardian_loses_with_the_power_recovery_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_GUARDIAN={point}");
            await runner.ActiveAsync();
            runner.Signal(PosixSignalNumber.Kill);
            await scenario.QuietAsync();
            return scenario.Room.Records().Count > 0;
        });
        CrashPoints.Tell(kind, "the power goes away from the guardian", points);
    }

    [Theory]
    [MemberData(nameof(Names), 6)]
    public async Task Whatever_recovery_loses_with_the_power_the_next_one_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using (var runner = scenario.Start("TURBULENCE_CRASH_GUARDIAN=1"))
            {
                await runner.ActiveAsync();
                runner.Signal(PosixSignalNumber.Kill);
                await scenario.QuietAsync();
            }

            return await RunnerProcess.RecoverAsync(scenario.Room, $"TURBULENCE_CRASH_RECOVERY={point}") == -(int)PosixSignalNumber.Kill;
        });
        CrashPoints.Tell(kind, "the power goes away from recovery", points);
    }

    private static Task<int> EachAsync(string kind, Func<Scenario, int, Task<bool>> play)
    {
        Needs.That(LoopDisk.Missing is null, LoopDisk.Missing ?? "");
        return CrashPoints.EachAsync(kind, async point =>
        {
            using var disk = new LoopDisk();
            await using var scenario = await Scenario.PrepareAsync(kind, disk.Mount);
            disk.Flush();
            var hasDied = await play(scenario, point);
            disk.LosePower();
            var ledger = scenario.Room.Ledger;
            var result = await new Recovery(
                ledger, new FaultReversal(ledger, CrashPoints.Kinds, [Scenario.Program], TimeProvider.System)).RunAsync();
            Assert.True(result.IsClean, $"{kind}, point {point}: {string.Join('\n', result.Left)}");
            var left = scenario.Room.Records();
            Assert.True(
                left.Count == 0,
                $"{kind}, point {point}: {string.Join(", ", left)}; {string.Join('\n', result.Complaints)}; {string.Join('\n', ledger.Read().Runs)}");
            CrashPoints.ExpectNoResidue(scenario, point);
            return hasDied;
        });
    }
}
