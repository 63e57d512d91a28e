using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>
/// What a program sets right about its own process before it does anything else. Elsewhere than on Linux nothing is done.
/// </summary>
public static class OwnProcess
{
    /// <summary>
    /// Gives the process standard files when it was started without, and lets a write above the limit of <c>ulimit -f</c> fail instead of
    /// ending the process. To be called first of all, before anything reads, prints or opens: where the runtime has put files of its own in
    /// the place of standard files that were closed, the program begins once more, as the same process.
    /// </summary>
    public static void Settle()
    {
        if (OperatingSystem.IsLinux())
        {
            FileSizeSignal.Ignore();
            MissingStandardFiles.Replace();
        }
    }
}
