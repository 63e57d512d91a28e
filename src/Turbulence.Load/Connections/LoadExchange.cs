using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Connections;

/// <summary>A request on its way, from the moment at which it is due to its one outcome. It is used again for others.</summary>
internal sealed class LoadExchange
{
    public LoadExchange(Action<LoadExchange> timeOut) => Deadline = new LoopTimer(() => timeOut(this));

    /// <summary>Goes off when the time limit is over.</summary>
    public LoopTimer Deadline { get; }

    /// <summary>The request.</summary>
    public RequestBytes Request { get; set; } = null!;

    /// <summary>Whom it is for.</summary>
    public LoadOrigin Origin { get; set; } = null!;

    /// <summary>Who carries it.</summary>
    public IExchangeCarrier Carrier { get; set; } = null!;

    /// <summary>When it was due, in the loop's ticks.</summary>
    public long Due { get; set; }

    /// <summary>When it was given a connection, or began to wait for one.</summary>
    public long Sent { get; set; }

    /// <summary>Whether its connection is for it alone.</summary>
    public bool IsFresh { get; set; }

    /// <summary>The trace that it has begun; default for none.</summary>
    public RequestTrace Trace { get; set; }

    /// <summary>Why it was lost, in one line; null where it was not, or not yet.</summary>
    public string? Reason { get; set; }

    /// <summary>Its connection; null while it waits for one.</summary>
    public LoadConnection? Connection { get; set; }
}
