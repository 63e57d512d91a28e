using System.Globalization;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.SystemCalls;

/// <summary>
/// Who traces a process's threads (<c>ptrace</c>(2)), and whether we could. One can be traced by one other process at a time.
/// </summary>
internal static class TracedThreads
{
    private const int SystemTrace = 19; // CAP_SYS_PTRACE, <linux/capability.h>.
    private const string Scope = "/proc/sys/kernel/yama/ptrace_scope";

    /// <summary>How many threads a process has, and how many of them somebody traces.</summary>
    public static (int Traced, int Threads) Count(int process, int tracer)
    {
        var (traced, threads) = (0, 0);
        foreach (var thread in Of(process))
        {
            if (TracerOf(thread) is { } id)
            {
                threads++;
                traced += id == tracer ? 1 : 0;
            }
        }

        return (traced, threads);
    }

    /// <summary>Whether a process was sent SIGKILL and stands still all the same, since its tracer has not let it go.</summary>
    public static bool IsDying(int process, int tracer)
    {
        const ulong Kill = 1UL << 8;
        return TracerOf(process) == tracer
            && ProcessTable.StatusLine(process, "State")?.StartsWith('t') == true
            && ((ProcessTable.StatusLine(process, "ShdPnd") is { } pending
                && ulong.TryParse(pending, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var signals)
                    ? signals : 0) & Kill) != 0;
    }

    /// <summary>The processes that trace one of its threads.</summary>
    public static IReadOnlyList<int> Tracers(int process) => [.. Of(process).Select(TracerOf).OfType<int>().Where(id => id > 0).Distinct()];

    /// <summary>Why a process cannot be traced, in words that follow its name; null where it can. Nothing is touched.</summary>
    public static string? Refusal(ProcessStatus process, SecretMask mask) =>
        Tracers(process.Id) is [var tracer, ..]
            ? $"is traced already, by {(ProcessTable.Find(tracer) is { } other ? ProcessText.Of(other, mask) : $"process {tracer}")}; the system lets one trace at a time"
        : ScopeRefusal() ?? AccessRefusal(process.Id);

    /// <summary>Why this system lets us trace nobody, in words that follow the name of a process; null where it does.</summary>
    public static string? ScopeRefusal()
    {
        var scope = SystemNumber(Scope);
        return scope == 3 ? $"cannot be traced: this system lets nobody trace until it is started again ({Scope} is 3)"
            : scope > 0 && !MayTrace() ? string.Create(
                CultureInfo.InvariantCulture,
                $"cannot be traced: this system lets only root (CAP_SYS_PTRACE) trace others ({Scope} is {scope}); run as root, or: sysctl kernel.yama.ptrace_scope=0")
            : null;
    }

    // The system asks the same of whoever opens a process's memory as of whoever traces it.
    private static string? AccessRefusal(int process)
    {
        try
        {
            using var memory = File.OpenHandle(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/mem"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"cannot be traced: that takes the right to look into it (its own user, or root with CAP_SYS_PTRACE; {ProcessOwner.OurRefusal}), and the system refuses it";
        }
    }

    private static bool MayTrace() =>
        ProcessTable.StatusLine(Environment.ProcessId, "CapEff") is { } text
        && ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var capabilities)
        && (capabilities & (1UL << SystemTrace)) != 0;

    private static int SystemNumber(string path)
    {
        try
        {
            return int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }

    private static int? TracerOf(int thread) =>
        ProcessTable.StatusLine(thread, "TracerPid") is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static int[] Of(int process)
    {
        try
        {
            return [.. Directory
                .EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"))
                .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
