using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Where a line comes from, for <c>--verbose</c> and the log file: the room and the event, where the reference has module and line.
/// </summary>
internal static class EventOrigin
{
    /// <summary>The room that the event tells of.</summary>
    public static string Room(RunEvent happened) => happened switch
    {
        ServiceChanged => "services",
        FaultChanged => "faults",
        ActivityStarted or ActivityProgressed or ActivityEnded or ActivityAmended or PauseStarted => "activities",
        _ => "running",
    };

    /// <summary>The event's name in small letters: <c>activity-started</c>.</summary>
    public static string Event(RunEvent happened) => happened.Word;
}
