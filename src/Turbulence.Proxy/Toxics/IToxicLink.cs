using Turbulence.Platform.Loops;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics;

/// <summary>A direction of a connection, as its stages see it.</summary>
internal interface IToxicLink
{
    /// <summary>Which way.</summary>
    ToxicStream Direction { get; }

    /// <summary>The connection's number in its proxy, from 1.</summary>
    long Connection { get; }

    /// <summary>The number of its loop.</summary>
    int Loop { get; }

    /// <summary>The loop's clock.</summary>
    LoopClock Clock { get; }

    /// <summary>The loop's blocks.</summary>
    BlockPool Pool { get; }

    /// <summary>Which way the last bytes went that were read on the connection; null as long as none were.</summary>
    ToxicStream? LastRead { get; }

    /// <summary>Whether something waits for room to write.</summary>
    bool IsBlocked { get; }

    /// <summary>Takes what leaves the last stage.</summary>
    void Emit(in Packet packet);

    /// <summary>A stage asked for another time.</summary>
    void Schedule();

    /// <summary>Writes the receipt of a decision about a request.</summary>
    void Note(ToxicEntry entry, in RequestReceipt request);

    /// <summary>Ends both sides.</summary>
    void CloseConnection(bool reset);
}
