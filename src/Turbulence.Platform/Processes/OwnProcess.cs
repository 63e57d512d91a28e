using System.Collections;
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

    /// <summary>
    /// Becomes another program (<c>execve</c>(2)): the same process, with its environment, its standard files and what
    /// <see cref="ParentDeath"/> has asked for. Linux only.
    /// </summary>
    /// <param name="file">The program's file.</param>
    /// <param name="arguments">The arguments after its name.</param>
    /// <returns>Why not; otherwise it does not return.</returns>
    public static unsafe ProcessStartFailure Become(string file, IReadOnlyList<string> arguments)
    {
        using var words = new CStrings([file, .. arguments]);
        using var variables = new CStrings(
            [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")]);
        _ = LibC.Execute(file, words.Pointers, variables.Pointers);
        return SystemError.Last($"cannot become {file}");
    }
}
