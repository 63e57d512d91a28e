using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>What the system says of a runner that is not heard.</summary>
/// <param name="Condition">How it is.</param>
/// <param name="Processor">The processor time that its threads have had, in nanoseconds.</param>
internal readonly record struct RunnerPulse(RunnerCondition Condition, long Processor)
{
    /// <summary>Looks at the runner.</summary>
    public static RunnerPulse Take(ProcessIdentity runner)
    {
        if (ProcessTable.Find(runner.Id) is not { } status || status.StartTime != runner.StartTime || !status.IsAlive)
        {
            return new RunnerPulse(RunnerCondition.Dead, 0);
        }

        if (status.State is 'T' or 't')
        {
            return new RunnerPulse(RunnerCondition.Stopped, 0);
        }

        var (isWaiting, processor) = Threads(runner.Id);
        return new RunnerPulse(isWaiting ? RunnerCondition.Starved : RunnerCondition.Quiet, processor);
    }

    private static (bool IsWaiting, long Processor) Threads(int process)
    {
        var isWaiting = false;
        long processor = 0;
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")))
            {
                // A thread has an entry of its own in /proc, though no list shows it.
                isWaiting |= ProcessTable.Find(int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture)) is { State: 'R' };
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
