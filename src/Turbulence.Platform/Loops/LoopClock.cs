using System.Diagnostics;

namespace Turbulence.Platform.Loops;

/// <summary>The time of a loop, in ticks of <see cref="Stopwatch"/> or of another clock that a test moves.</summary>
/// <param name="time">The clock.</param>
internal sealed class LoopClock(TimeProvider time)
{
    private readonly bool isReal = time == TimeProvider.System;

    /// <summary>The clock itself.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Ticks in a second.</summary>
    public long Frequency { get; } = time.TimestampFrequency;

    /// <summary>Whether it goes by itself.</summary>
    public bool IsReal => isReal;

    /// <summary>Now.</summary>
    public long Now => isReal ? Stopwatch.GetTimestamp() : Time.GetTimestamp();

    /// <summary>Ticks for a time of milliseconds.</summary>
    public long Milliseconds(double milliseconds) => (long)Math.Min(long.MaxValue / 4, milliseconds / 1000 * Frequency);

    /// <summary>Nanoseconds from now until then; 0 for what is past.</summary>
    public long Until(long ticks)
    {
        var left = ticks - Now;
        return left <= 0
            ? 0
            : Frequency == 1_000_000_000 ? left : (long)Math.Min(long.MaxValue / 2, (double)left * 1_000_000_000 / Frequency);
    }

    /// <summary>A timer that goes off once time has gone on; for a clock that does not go by itself.</summary>
    public ITimer Alarm(Action ring) =>
        Time.CreateTimer(static state => ((Action)state!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
