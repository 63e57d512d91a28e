namespace EndToEnd.Tests;

/// <summary>
/// Each step of the tutorial has the verdict that it says it has, and the list of known weaknesses makes the last one's exit code 0.
/// </summary>
public sealed class TutorialTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(BuiltPrograms.Sample)!, "tutorial");
    private static readonly string[] Verdicts = ["passed", "deviated", "failed", "inconclusive", "interrupted"];

    private readonly Room room = new();

    public static TheoryData<string> Steps { get; } = Share.Of<TheoryData<string>>(
        [.. Directory.GetFiles(Folder, "*.yaml").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)], 4);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_has_the_verdict_that_it_says(string step)
    {
        var text = Write(step);
        var end = await ChaosRun.RunAsync(room, "run", $"{step}.yaml");
        var verdict = Verdicts.Single(word => text.Contains($"verdict:{word}", StringComparison.Ordinal));
        Assert.True(end.ExitCode == Array.IndexOf(Verdicts, verdict), end.Said);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task The_gate_of_the_last_step_is_green_with_its_list()
    {
        Write("7-gate");
        room.Write("weaknesses.json", await File.ReadAllTextAsync(Path.Combine(Folder, "weaknesses.json"), TestContext.Current.CancellationToken));
        var end = await ChaosRun.RunAsync(room, "run", "7-gate.yaml", "--weaknesses", "weaknesses.json");
        Assert.True(end.ExitCode == 0, end.Said);
    }

    private string Write(string step)
    {
        // On a machine that builds and tests at once, services that have just been started cannot serve fifty users a second, nor in two
        // seconds: here few come, and they are patient where the step does not say how patient they are.
        var text = SampleText.OnFreePorts(File.ReadAllText(Path.Combine(Folder, $"{step}.yaml")))
            .Replace("rate: 50\n      classes", "rate: 5\n      timeout: 20\n      classes", StringComparison.Ordinal);
        room.Write($"{step}.yaml", text);
        return text;
    }
}
