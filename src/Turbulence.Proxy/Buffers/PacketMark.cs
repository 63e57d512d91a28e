namespace Turbulence.Proxy.Buffers;

/// <summary>What a packet says beside its bytes. A stage that does not know of it passes it on like other packets.</summary>
internal enum PacketMark : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A request was taken out here, which a toxic answers itself.</summary>
    Request,
}
