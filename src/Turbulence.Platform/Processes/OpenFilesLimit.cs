using System.Globalization;
using System.Runtime;
using System.Text;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>How many files this process may have open at once (<c>ulimit -n</c>). Linux only.</summary>
public static class OpenFilesLimit
{
    // Measured: a program that is compiled as it runs begins with 76, and cannot load all of itself with 90; a native one begins with 12.
    // Activities take more.
    private const int NeededToCompile = 128;
    private const int Needed = 16;
    private const int OpenFiles = 7;
    private const int StandardError = 2;

    // What whoever opens one for each of many others leaves to the rest of the program, so that it can still be told to stop.
    private const int MostSpared = 32;

    /// <summary>The first of those descriptors that are left to the rest of the program.</summary>
    internal static int FirstSpared { get; } = FindFirstSpared();

    /// <summary>
    /// Whether so many files are open that the next one would be among the last, which whoever opens one for each of many others leaves to
    /// the rest of the program.
    /// </summary>
    public static bool AreScarce()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var next = LibC.CreateEventPoll(LibC.OpenCloseOnExec);
        if (next >= 0)
        {
            LibC.Close(next);
        }

        return next < 0 || next >= FirstSpared;
    }

    /// <summary>
    /// Complains on the standard error where there are fewer than the program needs: it would break off anywhere, with whatever the runtime
    /// says then. Nothing but the system is called for that, since nothing else might be had.
    /// </summary>
    /// <param name="program">What the program is called.</param>
    /// <returns>Whether there are too few.</returns>
    public static unsafe bool IsTooLow(string program)
    {
        var needed = JitInfo.GetCompiledMethodCount() > 0 ? NeededToCompile : Needed;
        var limits = stackalloc nuint[2];
        if (!OperatingSystem.IsLinux() || LibC.GetLimit(OpenFiles, limits) != 0 || limits[0] >= (nuint)needed)
        {
            return false;
        }

        var words = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{program}: this process may have only {limits[0]} files open at once (ulimit -n), and needs {needed}; nothing was begun\n"));
        fixed (byte* start = words)
        {
            _ = LibC.WriteTo(StandardError, start, words.Length);
        }

        return true;
    }

    private static unsafe int FindFirstSpared()
    {
        var limits = stackalloc nuint[2];
        return OperatingSystem.IsLinux() && LibC.GetLimit(OpenFiles, limits) == 0 && limits[0] < int.MaxValue
            ? (int)limits[0] - Math.Min(MostSpared, (int)limits[0] / 8)
            : int.MaxValue;
    }
}
