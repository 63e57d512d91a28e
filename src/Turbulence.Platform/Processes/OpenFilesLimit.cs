using System.Globalization;
using System.Runtime;
using System.Text;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>How many files this process may have open at once (<c>ulimit -n</c>). Linux only.</summary>
public static class OpenFilesLimit
{
    // Measured: a program that is compiled as it runs begins with 76, and cannot load all of itself with 90; a native one begins with 12. Activities take more.
    private const int NeededToCompile = 128;
    private const int Needed = 16;
    private const int OpenFiles = 7;
    private const int StandardError = 2;

    /// <summary>
    /// Complains on the standard error where there are fewer than the program needs: it would break off anywhere, with whatever the runtime says then. Nothing but
    /// the system is called for that, since nothing else might be had.
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
}
