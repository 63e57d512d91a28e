namespace Turbulence.Proxy;

/// <summary>What a proxy passes on.</summary>
public enum ProxyProtocol
{
    /// <summary>Connections: of TCP, or of Unix sockets.</summary>
    Tcp,

    /// <summary>Datagrams of UDP.</summary>
    Udp,
}
