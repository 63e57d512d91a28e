namespace Turbulence.Platform.Sockets;

/// <summary>What a socket can be used for just now.</summary>
[Flags]
public enum SocketReadiness
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is something to read, an end, an error, or a connection to accept.</summary>
    Readable = 1,

    /// <summary>There is room to write, or a connection came about.</summary>
    Writable = 2,

    /// <summary>The peer will send no more, or the connection is broken: what is read ends with that.</summary>
    Ended = 4,
}
