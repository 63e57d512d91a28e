using Turbulence.Events;

namespace Turbulence.Runs.Scopes;

/// <summary>Knows how the one fault of a run stands.</summary>
internal sealed class ScopeWatch : IRunObserver
{
    private volatile FaultReport? fault;

    /// <summary>Looks at it for whoever asks meanwhile; nobody can before its run goes on.</summary>
    public PreparedRun? Run { get; set; }

    /// <summary>The fault; null before it was planned.</summary>
    public FaultReport? Fault => fault;

    /// <summary>Whether it is in, and its effect was seen.</summary>
    public bool IsIn => fault is { State: FaultState.Active, Effect.Seen: true, Lost: null };

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        if (happened is FaultChanged changed)
        {
            fault = changed.Fault;
        }
    }
}
