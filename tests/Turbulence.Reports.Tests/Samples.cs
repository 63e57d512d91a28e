using System.Text;
using Turbulence.Reports.Formats;
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

    /// <summary>Reads one, under the name that it has here.</summary>
    public static JournalReading Read(string name)
    {
        using var file = System.IO.File.OpenRead(File(name));
        return JournalReader.Read(file, $"{name}.json");
    }

    /// <summary>Reads a journal that is not on disk.</summary>
    public static JournalReading ReadText(string journal, string name = "journal.json")
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(journal));
        return JournalReader.Read(text, name);
    }

    /// <summary>The run that one tells of.</summary>
    public static ReportedRun Run(string name)
    {
        var reading = Read(name);
        Assert.True(reading.IsRead, reading.Problem);
        return reading.Run;
    }

    /// <summary>A report of some of them, in a form.</summary>
    public static string Write(string format, params IEnumerable<string> names) =>
        Write(format, new Report([.. names.Select(Read)]) { Folder = Folder, Version = "0.1.0" });

    /// <summary>A report in a form.</summary>
    public static string Write(string format, Report report)
    {
        using var text = new MemoryStream();
        ReportFormats.Named(format)!.Write(report, text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
