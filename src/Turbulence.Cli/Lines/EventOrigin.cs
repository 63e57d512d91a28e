using System.Text;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>Where a line comes from, for <c>--verbose</c> and the log file: the room and the event, where the reference has module and line.</summary>
internal static class EventOrigin
{
    /// <summary>The room that the event tells of.</summary>
    public static string Room(RunEvent happened) => happened switch
    {
        ServiceChanged => "services",
        FaultChanged => "faults",
        ActivityStarted or ActivityEnded or ActivityAmended or PauseStarted => "activities",
        _ => "running",
    };

    /// <summary>The event's name in small letters: <c>activity-started</c>.</summary>
    public static string Event(RunEvent happened)
    {
        var text = new StringBuilder();
        foreach (var letter in happened.GetType().Name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
