namespace Turbulence.Proxy.Buffers;

/// <summary>What goes along a direction of a connection, in its order.</summary>
internal enum PacketKind
{
    /// <summary>Bytes.</summary>
    Data,

    /// <summary>The sender will send no more (FIN); the other direction goes on.</summary>
    End,

    /// <summary>The sender broke the connection off (RST).</summary>
    Reset,

    /// <summary>A toxic closes both sides in order, after all that came before.</summary>
    Close,
}
