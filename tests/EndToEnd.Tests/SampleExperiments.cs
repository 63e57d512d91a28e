using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>The experiments of the sample beside its first one.</summary>
internal static partial class SampleExperiments
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(BuiltPrograms.Sample)!, "experiments");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Those whose method has faults.</summary>
    public static IReadOnlyList<string> NamesWithFaults { get; } =
        [.. Names.Where(name => File.ReadAllText(Path.Combine(Folder, $"{name}.yaml")).Contains("type: fault", StringComparison.Ordinal))];

    /// <summary>Writes one into a test's folder, on free ports.</summary>
    /// <returns>The verdict that it says it has.</returns>
    public static async Task<string> WriteAsync(Room room, string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.yaml"), TestContext.Current.CancellationToken);
        room.Write($"{name}.yaml", SampleText.OnFreePorts(text));
        return VerdictTag().Match(text).Groups[1].Value;
    }

    [GeneratedRegex("verdict:([a-z]+)")]
    private static partial Regex VerdictTag();
}
