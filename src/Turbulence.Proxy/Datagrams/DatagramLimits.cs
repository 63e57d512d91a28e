namespace Turbulence.Proxy.Datagrams;

/// <summary>How many clients a proxy of datagrams knows, and for how long.</summary>
/// <param name="MostFlows">How many.</param>
/// <param name="IdleTime">After how long without a datagram one is forgotten.</param>
internal sealed record DatagramLimits(int MostFlows, TimeSpan IdleTime);
