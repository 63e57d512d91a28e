using System.Globalization;
using System.Text;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>What a process takes of the machine, as it was when it was read from <c>/proc</c>. Linux only.</summary>
/// <param name="ProcessorTime">The time that processors worked for it since it was started, in and outside of the system, in steps of 10
/// ms.</param>
/// <param name="ResidentBytes">The memory that it really holds, in bytes.</param>
/// <param name="Threads">How many threads it has.</param>
public sealed record ProcessUsage(TimeSpan ProcessorTime, long ResidentBytes, int Threads)
{
    /// <summary>Clock ticks of <c>stat</c> a second: what Linux shows to programs on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Reads what a process takes; null when it is not there.</summary>
    public static ProcessUsage? Read(int id)
    {
        if (!OperatingSystem.IsLinux() || id <= 0 || ProcFile.Read(id, "stat") is not { } bytes)
        {
            return null;
        }

        // proc(5) counts from 1, and the name, the second field, ends with the last parenthesis.
        var text = Encoding.UTF8.GetString(bytes);
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int FirstPlace = 3;
        return fields.Length <= 24 - FirstPlace
            ? null
            : new ProcessUsage(
                TimeSpan.FromSeconds((Number(14) + Number(15)) / TicksPerSecond),
                Number(24) * Environment.SystemPageSize,
                (int)Number(20));

        long Number(int place) => long.TryParse(fields[place - FirstPlace], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>How many files, sockets and the like a process holds open; null when it is not there or not ours to look into.</summary>
    public static int? OpenFiles(int id)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd")).Count();
        }
        catch (Exception failure) when (Absence.IsMeantBy(failure))
        {
            return null;
        }
    }
}
