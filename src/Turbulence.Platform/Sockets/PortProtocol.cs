namespace Turbulence.Platform.Sockets;

/// <summary>Whose port a number is: TCP and UDP have each their own.</summary>
public enum PortProtocol
{
    /// <summary>Connections.</summary>
    Tcp,

    /// <summary>Datagrams.</summary>
    Udp,
}
