using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>Every experiment of the sample, as a user would run it, has the verdict that it says it has.</summary>
public sealed partial class SampleExperimentsTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(BuiltPrograms.Sample)!, "experiments");
    private static readonly string[] Verdicts = ["passed", "deviated", "failed", "inconclusive", "interrupted"];

    private readonly Room room = new();

    public static TheoryData<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => room.Dispose();

    [Fact]
    public void There_are_at_least_ten() => Assert.InRange(Names.Count, 10, int.MaxValue);

    public static TheoryData<string> NamesWithFaults { get; } =
        [.. Names.Select(name => (string)name).Where(name => File.ReadAllText(Path.Combine(Folder, $"{name}.yaml")).Contains("type: fault", StringComparison.Ordinal))];

    [Fact]
    public void Five_inject_faults() => Assert.Equal(["both-servers-down", "cpu-stress", "disk-full", "freeze", "kill"], NamesWithFaults.Select(name => (string)name));

    [Theory]
    [MemberData(nameof(NamesWithFaults))]
    public async Task With_faults_that_do_nothing_it_does_not_pass(string name)
    {
        await WriteAsync(name);

        await using var run = ChaosRun.StartProgram(BuiltPrograms.NoEffectChaos, room, "run", $"{name}.yaml");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("had no effect", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Theory]
    [MemberData(nameof(NamesWithFaults))]
    public async Task Its_faults_are_seen_to_take_effect_and_to_be_gone(string name)
    {
        await WriteAsync(name);

        var end = await ChaosRun.RunAsync(room, "run", $"{name}.yaml");

        var faults = room.Journal()["turbulence"]!["faults"]!.AsArray();
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.True(fault!["effect"]!["seen"]!.GetValue<bool>(), end.Said);
            Assert.Equal("confirmed", fault["state"]!.GetValue<string>());
            Assert.True(fault["confirmation"]!["seen"]!.GetValue<bool>(), end.Said);
        });
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "faults", "list")).ExitCode);
    }

    [Theory]
    [MemberData(nameof(NamesWithFaults))]
    public async Task Its_plan_touches_nothing_and_refuses_nothing(string name)
    {
        await WriteAsync(name);

        var end = await ChaosRun.RunAsync(room, "plan", $"{name}.yaml");

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("Nothing was touched.", end.Output, StringComparison.Ordinal);
        Assert.Contains("is started, and stopped at the end", end.Output, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_has_the_verdict_that_it_says(string name)
    {
        var verdict = await WriteAsync(name);

        var end = await ChaosRun.RunAsync(room, "run", $"{name}.yaml");

        Assert.True(end.ExitCode == Array.IndexOf(Verdicts, verdict), end.Said);
        Assert.Equal(verdict, room.Journal()["turbulence"]!["verdict"]!.GetValue<string>());
        Assert.Empty(room.Processes());
        Assert.Empty(Directory.GetFiles(room.Path, "*.pid"));
        Assert.False(File.Exists(room.File("never-played")));
        foreach (var file in Directory.GetFiles(room.Path).Where(file => !file.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("not-for-your-eyes", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("not-for-your-eyes", end.Said, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.yaml"), TestContext.Current.CancellationToken);
        var verdict = VerdictTag().Match(text).Groups[1].Value;
        room.Write($"{name}.yaml", SampleText.OnFreePorts(text));
        return verdict;
    }

    [GeneratedRegex("verdict:([a-z]+)")]
    private static partial Regex VerdictTag();
}
