namespace Turbulence.Reports.Reading;

/// <summary>One request, connection or datagram that a fault has hit.</summary>
/// <param name="Proxy">The proxy that it came through.</param>
/// <param name="What">What it was: <c>GET /orders</c>, <c>connection</c>, <c>datagram 2 upstream</c>.</param>
/// <param name="At">When it was hit, in seconds from the start of the run; null where that is not known.</param>
/// <param name="Connection">Its connection's number, or its flow's, in the order in which they came; null where that is not known.</param>
/// <param name="Trace">Its <c>traceparent</c>; null where it brought none.</param>
internal sealed record FaultReceipt(string Proxy, string What, double? At, long? Connection, string? Trace);
