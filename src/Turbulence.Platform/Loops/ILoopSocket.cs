using Turbulence.Platform.Sockets;

namespace Turbulence.Platform.Loops;

/// <summary>Who is told that a socket became ready.</summary>
internal interface ILoopSocket
{
    /// <summary>The socket became ready; called on its loop.</summary>
    void Ready(SocketReadiness readiness);
}
