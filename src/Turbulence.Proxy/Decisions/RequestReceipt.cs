namespace Turbulence.Proxy.Decisions;

/// <summary>What is written of a request that a toxic hits; only as long as its head is in memory.</summary>
/// <param name="method">Its method.</param>
/// <param name="target">Its target, of which the path alone is written: what stands in its query may be a secret.</param>
/// <param name="occurrence">How many requests of this method and path it is, from 1, since the toxic was added.</param>
/// <param name="number">Its number in its connection, from 1.</param>
/// <param name="trace">Its <c>traceparent</c>; empty for none.</param>
internal readonly ref struct RequestReceipt(
    ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, long occurrence, long number, ReadOnlySpan<byte> trace)
{
    /// <summary>Its method.</summary>
    public ReadOnlySpan<byte> Method { get; } = method;

    /// <summary>Its target.</summary>
    public ReadOnlySpan<byte> Target { get; } = target;

    /// <summary>Its path, which ends where a query begins.</summary>
    public ReadOnlySpan<byte> Path => RequestTarget.PathOf(Target);

    /// <summary>How many of its method and path it is.</summary>
    public long Occurrence { get; } = occurrence;

    /// <summary>Its number in its connection.</summary>
    public long Number { get; } = number;

    /// <summary>Its trace.</summary>
    public ReadOnlySpan<byte> Trace { get; } = trace;
}
