using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>
/// Every experiment of the sample, as a user would run it, has the verdict that it says it has; its faults take effect and are gone
/// afterwards.
/// </summary>
public sealed class SampleExperimentsTests : IDisposable
{
    private static readonly string[] Verdicts = ["passed", "deviated", "failed", "inconclusive", "interrupted"];

    private readonly Room room = new();

    public static TheoryData<string> Names { get; } = Share.Of<TheoryData<string>>([.. SampleExperiments.Names], 6);

    public void Dispose() => room.Dispose();

    [Fact]
    public void There_are_at_least_ten() => Assert.InRange(Names.Count, 10, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_has_the_verdict_that_it_says(string name)
    {
        Needs.Language(name.Split('-')[0]);
        var verdict = await SampleExperiments.WriteAsync(room, name);

        var end = await ChaosRun.RunAsync(room, "run", "--output", "json", $"{name}.yaml");

        EventSchema.Holds(end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)));
        Assert.True(end.ExitCode == Array.IndexOf(Verdicts, verdict), end.Said);
        Assert.Equal(verdict, room.Journal()["turbulence"]!["verdict"]!.GetValue<string>());
        AssertFaultsAreGone(name, end);
        Assert.Empty(room.Processes());
        Assert.Empty(Directory.GetFiles(room.Path, "*.pid"));
        Assert.False(File.Exists(room.File("never-played")));
        foreach (var file in Directory.GetFiles(room.Path).Where(file => !file.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(
                "not-for-your-eyes", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("not-for-your-eyes", end.Said, StringComparison.Ordinal);
    }

    private void AssertFaultsAreGone(string name, ChaosEnd end)
    {
        var faults = room.Journal()["turbulence"]!["faults"]?.AsArray() ?? [];
        Assert.Equal(SampleExperiments.NamesWithFaults.Contains(name), faults.Count > 0);
        Assert.All(faults, fault =>
        {
            Assert.True(fault!["effect"]!["seen"]!.GetValue<bool>(), end.Said);
            Assert.Equal("confirmed", fault["state"]!.GetValue<string>());
            Assert.True(fault["confirmation"]!["seen"]!.GetValue<bool>(), end.Said);
        });
        Assert.Empty(Directory.Exists(Path.Combine(room.State, "faults"))
            ? Directory.GetFileSystemEntries(Path.Combine(room.State, "faults"))
            : []);
    }
}
