using Turbulence.Cli.CommandLine;
using Turbulence.Running;

namespace Turbulence.Cli.Verbs;

/// <summary><c>--change-dir</c>: moves before anything is read; the log file stays where the command was started.</summary>
internal static class WorkingDirectory
{
    /// <summary>Moves where that was asked for.</summary>
    /// <returns>False, after it was said, where the folder cannot be entered.</returns>
    public static bool TryMove(GlobalSettings settings, Outputs outputs)
    {
        if (settings.ChangeDirectory is not { } folder)
        {
            return true;
        }

        outputs.Say(NoticeLevel.Warning, $"Moving to {folder}");
        try
        {
            Directory.SetCurrentDirectory(folder);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            outputs.Say(NoticeLevel.Error, $"Cannot move to {folder}: {problem.Message}");
            return false;
        }
    }
}
