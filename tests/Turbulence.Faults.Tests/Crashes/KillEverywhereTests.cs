using Turbulence.Events;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// Runner, guardian and recovery die by SIGKILL at every point of the ledger's way: before each change, and after each that has become
/// durable. For every kind of fault there is.
/// </summary>
public sealed class KillEverywhereTests
{
    public static TheoryData<string> Names(int way) => Scenario.NamesFor(way);

    [Fact]
    public void Every_kind_has_its_scenario() => Assert.Equal(
        BuiltInKinds.All.All.Select(kind => kind.Description.Name).Where(name => !Scenario.Names.Contains(name)), []);

    [Theory]
    [MemberData(nameof(Names), 0)]
    public async Task Wherever_the_runner_dies_its_guardian_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_RUNNER={point}");
            runner.EndInput();
            var hasDied = (await runner.Exited).Signal == PosixSignalNumber.Kill;
            await scenario.QuietAsync();

            // What died as the very last may have left entries that nobody needs; nothing is to do but to remove them.
            Assert.All(scenario.Room.Ledger.Read().Faults, fault => Assert.Equal(FaultState.Confirmed, fault.State));
            CrashPoints.ExpectNoResidue(scenario, point);
            await RecoverAsync(scenario);
            return hasDied;
        });
        CrashPoints.Tell(kind, "the runner dies", points);
    }

    [Theory]
    [MemberData(nameof(Names), 1)]
    public async Task Wherever_the_guardian_dies_after_the_runner_recovery_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_GUARDIAN={point}");
            await runner.ActiveAsync();
            var guardian = Assert.Single(scenario.Room.Ledger.Read().Runs).Guardian!.Value;
            Assert.True(ProcessHandle.TryOpen(guardian, out var handle, out _));
            handle.Dispose();
            runner.Signal(PosixSignalNumber.Kill);
            await scenario.QuietAsync();
            return await RecoverAsync(scenario);
        });
        CrashPoints.Tell(kind, "the guardian dies after the runner", points);
    }

    [Theory]
    [MemberData(nameof(Names), 2)]
    public async Task Wherever_both_die_recovery_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_RUNNER={point} TURBULENCE_CRASH_GUARDIAN={(point % 20) + 1}");
            runner.EndInput();
            var hasDied = (await runner.Exited).Signal == PosixSignalNumber.Kill;
            await scenario.QuietAsync();
            await RecoverAsync(scenario);
            return hasDied;
        });
        CrashPoints.Tell(kind, "both die", points);
    }

    [Theory]
    [MemberData(nameof(Names), 3)]
    public async Task Wherever_recovery_dies_the_next_one_leaves_nothing(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using (var runner = scenario.Start("TURBULENCE_CRASH_GUARDIAN=1"))
            {
                await runner.ActiveAsync();
                runner.Signal(PosixSignalNumber.Kill);
                await scenario.QuietAsync();
            }

            var hasDied =
                await RunnerProcess.RecoverAsync(scenario.Room, $"TURBULENCE_CRASH_RECOVERY={point}") == -(int)PosixSignalNumber.Kill;
            await RecoverAsync(scenario);
            return hasDied;
        });
        CrashPoints.Tell(kind, "recovery dies", points);
    }

    /// <summary>
    /// Plays the scenario at each point until nobody died any more, looks for residue each time, and says how many points there were.
    /// </summary>
    private static Task<int> EachAsync(string kind, Func<Scenario, int, Task<bool>> play) => CrashPoints.EachAsync(kind, async point =>
    {
        await using var scenario = await Scenario.PrepareAsync(kind);
        var hasDied = await play(scenario, point);
        CrashPoints.ExpectNoResidue(scenario, point);
        return hasDied;
    });

    private static async Task<bool> RecoverAsync(Scenario scenario)
    {
        var before = scenario.Room.Records().Count;
        var result = await new Recovery(scenario.Room.Ledger, new FaultReversal(
            scenario.Room.Ledger, CrashPoints.Kinds, [Scenario.Program], TimeProvider.System)).RunAsync();
        Assert.True(result.IsClean, string.Join('\n', result.Left));
        Assert.Empty(scenario.Room.Records());
        return before > 0;
    }
}
