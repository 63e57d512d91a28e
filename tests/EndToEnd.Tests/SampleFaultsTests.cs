namespace EndToEnd.Tests;

/// <summary>The sample's experiments with faults: what is said of them beforehand, and what comes of faults that do nothing.</summary>
public sealed class SampleFaultsTests : IDisposable
{
    private readonly Room room = new();

    /// <summary>The experiments. Without the gate some are played, and others planned.</summary>
    /// <param name="first">The number of the first one.</param>
    public static TheoryData<string> Names(int first) => Share.Of<TheoryData<string>>([.. SampleExperiments.NamesWithFaults], 8, first);

    public void Dispose() => room.Dispose();

    [Fact]
    public void These_inject_faults() => Assert.Equal(
        [
            "black-holed-primary", "both-servers-down", "cpu-stress", "cut-off", "disk-full", "freeze", "garbled-primary", "kill",
            "lost-answers", "lying-primary", "resetting-primary", "slow-primary", "slow-to-close-primary",
        ],
        SampleExperiments.NamesWithFaults);

    [Theory]
    [MemberData(nameof(Names), 1)]
    public async Task With_faults_that_do_nothing_it_does_not_pass(string name)
    {
        await SampleExperiments.WriteAsync(room, name);

        await using var run = ChaosRun.StartProgram(BuiltPrograms.NoEffectChaos, room, "run", $"{name}.yaml");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("had no effect", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Theory]
    [MemberData(nameof(Names), 0)]
    public async Task Its_plan_touches_nothing_and_refuses_nothing(string name)
    {
        await SampleExperiments.WriteAsync(room, name);

        var end = await ChaosRun.RunAsync(room, "plan", $"{name}.yaml");

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("Nothing was touched.", end.Output, StringComparison.Ordinal);
        Assert.Contains("is started, and stopped at the end", end.Output, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }
}
