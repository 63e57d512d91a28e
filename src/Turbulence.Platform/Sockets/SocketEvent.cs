namespace Turbulence.Platform.Sockets;

/// <summary>A socket became ready.</summary>
/// <param name="Key">The key that it was added with.</param>
/// <param name="Readiness">What for.</param>
public readonly record struct SocketEvent(long Key, SocketReadiness Readiness);
