using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests;

/// <summary>The journals beside the tests.</summary>
internal static class Samples
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Turbulence.Reports.Tests", "Journals"));

    /// <summary>The names of all of them.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    /// <summary>Where one is.</summary>
    public static string File(string name) => Path.Combine(Folder, $"{name}.json");

    /// <summary>The run that one tells of, under the name that it has here.</summary>
    public static ReportedRun Run(string name)
    {
        using var file = System.IO.File.OpenRead(File(name));
        var reading = JournalReader.Read(file, $"{name}.json");
        Assert.True(reading.IsRead, reading.Problem);
        return reading.Run;
    }
}
