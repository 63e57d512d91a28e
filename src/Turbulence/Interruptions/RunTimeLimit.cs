using System.Globalization;

namespace Turbulence.Interruptions;

/// <summary>
/// The time limit of an experiment: <c>runtime.timeout</c>. It counts from the first code of others that the run calls, which dynamic
/// configuration is, until the rollbacks begin; these, the taking back of faults and what follows are not hurried by it.
/// </summary>
public sealed class RunTimeLimit : IDisposable
{
    private readonly CancellationTokenSource? clock;

    /// <summary>The clock runs from here.</summary>
    /// <param name="limit">How long the experiment may take; null for no limit.</param>
    /// <param name="stop">Asked to stop the run when the time is over.</param>
    /// <param name="time">The clock.</param>
    public RunTimeLimit(TimeSpan? limit, RunStop stop, TimeProvider time)
    {
        if (limit is { } most)
        {
            clock = new CancellationTokenSource(most, time);
            clock.Token.Register(() => stop.EndOverdue(new Interruption(
                InterruptionCause.Experiment,
                string.Create(CultureInfo.InvariantCulture, $"the experiment took longer than its time limit of {most.TotalSeconds} s"))));
        }
    }

    /// <summary>The time does not count any more. Safe to call twice.</summary>
    public void Dispose() => clock?.Dispose();
}
