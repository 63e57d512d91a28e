using FaultRunner;
using Turbulence.Events;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// The process with the proxies is killed at every point of the ledger's way, the runner's and the guardian's, and these go on: nothing is
/// left, nobody waits for ever, and what is said at the end is so.
/// </summary>
public sealed class ProxyDeathEverywhereTests
{
    // One with a single proxy, which runs already and whose process has to be found, and one with two, which are the run's own.
    public static TheoryData<string> Names => ["network.latency", "network.partition"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Wherever_the_proxies_die_the_run_ends_clean_and_tells_the_truth(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_RUNNER={point} TURBULENCE_CRASH_TROUBLE={Trouble.ProxyKilled}");
            runner.EndInput();
            List<string> said = [];
            while (await runner.LineAsync() is { } line)
            {
                said.Add(line);
            }

            var end = await runner.Exited;
            var story = $"{kind}, point {point}: {end}; {string.Join('\n', said)}";
            await scenario.QuietAsync();
            Assert.True(said.Count > 0 && said[^1] == "confirmed", story);
            var isRefused = said[0].StartsWith("refused ", StringComparison.Ordinal);
            Assert.True(end.ReturnCode == (isRefused ? 2 : 0), story);
            Assert.True(!isRefused || !scenario.IsAlive, story);

            // Who looked when the proxies were dead has seen no effect; and of what was in, somebody has seen that it is gone.
            Assert.True(isRefused || said.Any(line => line.StartsWith("looked ", StringComparison.Ordinal)), story);
            Assert.True(!said.Any(line => line.StartsWith("looked dead seen", StringComparison.Ordinal)), story);
            Assert.True(
                isRefused || said.Any(line => line.StartsWith("gone proxy '", StringComparison.Ordinal)
                    || line.StartsWith($"gone process {scenario.Id}, in which proxy '", StringComparison.Ordinal)),
                story);
            return !scenario.IsAlive;
        });
        CrashPoints.Tell(kind, "the proxies die", points);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Wherever_the_proxies_die_while_the_guardian_takes_back_nothing_is_left(string kind)
    {
        var points = await EachAsync(kind, async (scenario, point) =>
        {
            await using var runner = scenario.Start($"TURBULENCE_CRASH_GUARDIAN={point} TURBULENCE_CRASH_TROUBLE={Trouble.ProxyKilled}");
            await runner.ActiveAsync();
            runner.Signal(PosixSignalNumber.Kill);
            await scenario.QuietAsync();
            return !scenario.IsAlive;
        });
        CrashPoints.Tell(kind, "the proxies die after the runner", points);
    }

    private static Task<int> EachAsync(string kind, Func<ServedScenario, int, Task<bool>> play) =>
        CrashPoints.EachAsync(kind, async point =>
    {
        await using var scenario = await ServedScenario.ServeAsync(kind);
        var hasDied = await play(scenario, point);
        Assert.All(scenario.Room.Ledger.Read().Faults, fault => Assert.Equal(FaultState.Confirmed, fault.State));
        CrashPoints.ExpectNoResidue(scenario, point);
        var result = await new Recovery(scenario.Room.Ledger, new FaultReversal(
            scenario.Room.Ledger, CrashPoints.Kinds, [Scenario.Program], TimeProvider.System)).RunAsync();
        Assert.True(result.IsClean, $"{kind}, point {point}: {string.Join('\n', result.Left)}");
        Assert.Empty(scenario.Room.Records());
        return hasDied;
    });
}
