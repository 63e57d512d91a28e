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

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_has_the_verdict_that_it_says(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.yaml"), TestContext.Current.CancellationToken);
        var verdict = VerdictTag().Match(text).Groups[1].Value;
        room.Write($"{name}.yaml", SampleText.OnFreePorts(text));

        var end = await ChaosRun.RunAsync(room, "run", $"{name}.yaml");

        Assert.True(end.ExitCode == Array.IndexOf(Verdicts, verdict), end.Error);
        Assert.Equal(verdict, room.Journal()["turbulence"]!["verdict"]!.GetValue<string>());
        Assert.Empty(room.Processes());
        Assert.Empty(Directory.GetFiles(room.Path, "*.pid"));
        Assert.False(File.Exists(room.File("never-played")));
        foreach (var file in Directory.GetFiles(room.Path).Where(file => !file.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("not-for-your-eyes", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("not-for-your-eyes", end.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("verdict:([a-z]+)")]
    private static partial Regex VerdictTag();
}
