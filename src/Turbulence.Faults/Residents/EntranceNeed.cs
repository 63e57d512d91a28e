using System.Globalization;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>A way into a running .NET process: its diagnostics channel.</summary>
internal static class EntranceNeed
{
    /// <summary>What the kinds declare.</summary>
    public static MachineNeed Need { get; } = new("root for another user's process", Look);

    // Which process is meant is known only to the plan, which asks it; here it is counted who has a channel at all.
    private static ValueTask<NeedSight> Look(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ValueTask.FromResult(NeedSight.Missing("only Linux says which process has which diagnostics channel"));
        }

        var folder = Path.GetTempPath();
        try
        {
            var open = Directory
                .EnumerateFileSystemEntries(folder, "dotnet-diagnostic-*-socket")
                .Select(static path => Path.GetFileName(path).Split('-'))
                .Count(static parts => parts.Length > 2
                    && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && ProcessTable.Find(id) is { IsAlive: true });
            var seen = open == 1 ? "1 .NET process has" : $"{open} .NET processes have";
            return ValueTask.FromResult(NeedSight.There($"{ProcessNeed.Reach}; {seen} a diagnostics channel in {folder}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(
                NeedSight.Missing($"the diagnostics channels in {folder} cannot be seen: {failure.Message.TrimEnd('.')}"));
        }
    }
}
