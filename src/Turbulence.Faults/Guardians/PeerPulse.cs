using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>What the system says of a process at the other end of a pipe that is not heard.</summary>
/// <param name="Condition">How it is.</param>
/// <param name="Processor">The processor time that its threads have had, in nanoseconds.</param>
internal readonly record struct PeerPulse(PeerCondition Condition, long Processor)
{
    /// <summary>Looks at it.</summary>
    public static PeerPulse Take(ProcessIdentity process)
    {
        ProcessStatus? status;
        try
        {
            status = ProcessTable.Find(process.Id);
        }
        catch (IOException)
        {
            // The system is out of open files or memory, and has said nothing: it may well be there.
            return new PeerPulse(PeerCondition.Quiet, 0);
        }

        if (status is null || status.StartTime != process.StartTime || !status.IsAlive)
        {
            return new PeerPulse(PeerCondition.Dead, 0);
        }

        if (status.State is 'T' or 't')
        {
            return new PeerPulse(PeerCondition.Stopped, 0);
        }

        var (isWaiting, processor) = Threads(process.Id);
        return new PeerPulse(isWaiting ? PeerCondition.Starved : PeerCondition.Quiet, processor);
    }

    private static (bool IsWaiting, long Processor) Threads(int id)
    {
        var isWaiting = false;
        long processor = 0;
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task")))
            {
                // A thread has an entry of its own in /proc, though no list shows it.
                isWaiting |=
                    ProcessTable.Find(int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture)) is { State: 'R' };
                var times = File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ');
                processor += long.Parse(times[0], CultureInfo.InvariantCulture);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or FormatException)
        {
            // A thread has ended meanwhile, or the kernel keeps no such numbers.
        }

        return (isWaiting, processor);
    }
}
