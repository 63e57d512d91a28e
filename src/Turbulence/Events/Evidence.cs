namespace Turbulence.Events;

/// <summary>What was seen when somebody looked.</summary>
/// <param name="Seen">Whether it is as it should be: the fault in effect, or everything as before.</param>
/// <param name="Text">What was seen, in one line: <c>process 4711 is gone, and port 8002 refuses</c>.</param>
public sealed record Evidence(bool Seen, string Text)
{
    /// <summary>
    /// How much the fault has hit by now, where that is counted: at the last look before it is taken back 0 means that it had no effect.
    /// Null where it is not. Default: null.
    /// </summary>
    public long? Hits { get; init; }

    /// <summary>
    /// Some of the requests that the fault has hit by now, each by the <c>traceparent</c> that it came with (W3C Trace Context); the others
    /// had none, or are too many. Default: none.
    /// </summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    /// <summary>The same without secrets.</summary>
    internal Evidence Masked(EventMask mask) => this with { Text = mask.Of(Text), Traces = mask.Of(Traces) };
}
