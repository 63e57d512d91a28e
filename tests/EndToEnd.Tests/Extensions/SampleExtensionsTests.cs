using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Extensions;

/// <summary>The experiments of the sample extensions, as a user would run them.</summary>
public sealed class SampleExtensionsTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("python", "number_drills", "every-number-comes-up", "stop-primary")]
    [GateData("dotnet", "bin", "numbers-are-uniform", "kill-primary")]
    public async Task Its_experiment_passes_and_its_control_has_kept_the_time(string language, string needed, string probe, string action)
    {
        Needs.Language(language);
        var folder = Path.Combine(BuiltPrograms.SampleExtensions, language);
        Copy(Path.Combine(folder, needed), room.File(needed));
        room.Write("experiment.yaml", SampleText.OnFreePorts(
            await File.ReadAllTextAsync(Path.Combine(folder, "experiment.yaml"), TestContext.Current.CancellationToken)));

        var end = await ChaosRun.RunAsync(room, "run", "experiment.yaml");

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal("passed", room.Journal()["turbulence"]!["verdict"]!.GetValue<string>());
        var times = File.ReadAllLines(room.File($"{language}-times.txt"));
        Assert.Equal([probe, action, "the-secondary-draws", probe, "start-primary"], times
            .Take(5)
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.All(times, line => Assert.Contains(": succeeded after ", line, StringComparison.Ordinal));
        Assert.Empty(room.Processes());
        Assert.Empty(Directory.GetFiles(room.Path, "*.pid"));
    }

    [Fact]
    public async Task Discovery_lists_what_the_assembly_offers()
    {
        var end = await ChaosRun.RunAsync(
            room, "discover", Path.Combine(BuiltPrograms.SampleExtensions, "dotnet", "bin", "NumberDrills.dll"));

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(["DrawAsync", "KillAsync", "LooksUniform"], Discovered());
    }

    [Fact]
    public async Task Discovery_lists_what_the_package_offers()
    {
        Needs.PythonProgram();
        Copy(Path.Combine(BuiltPrograms.SampleExtensions, "python", "number_drills"), room.File("number_drills"));

        var end = await ChaosRun.RunAsync(room, "discover", "number_drills");

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(["answered_by", "numbers_seen", "stop"], Discovered());
    }

    private IEnumerable<string> Discovered() =>
        JsonNode.Parse(File.ReadAllText(room.File("discovery.json")))!["activities"]!.AsArray()
            .Select(activity => activity!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
