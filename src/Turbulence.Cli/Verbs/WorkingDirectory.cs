using Turbulence.Cli.CommandLine;
using Turbulence.Events;

namespace Turbulence.Cli.Verbs;

/// <summary><c>--change-dir</c>: moves before anything is read; the log file stays where the command was started.</summary>
internal static class WorkingDirectory
{
    /// <summary>Moves where that was asked for.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="outputs">Where it is said.</param>
    /// <param name="isNeeded">Whether the command works in the folder; what only looks after faults has to work from anywhere.</param>
    /// <returns>False, after it was said, where the folder cannot be entered, or is needed and was deleted.</returns>
    public static bool TryMove(GlobalSettings settings, Outputs outputs, bool isNeeded = true)
    {
        if (settings.ChangeDirectory is not { } folder)
        {
            return !isNeeded || TellsThatItIsThere(outputs);
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

    private static bool TellsThatItIsThere(Outputs outputs)
    {
        if (!CurrentFolder.IsThere)
        {
            outputs.Say(
                NoticeLevel.Error,
                "The folder that this command was started in is not there any more: go to one that is, or name one with --change-dir");
        }

        return CurrentFolder.IsThere;
    }
}
