using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>One direction of a connection, as a toxic of HTTP sees it.</summary>
/// <param name="stage">Its stage.</param>
internal abstract class HttpSide(HttpStage stage)
{
    private const int Capacity = 256 << 10;

    private bool isProcessing;

    /// <summary>Whether nothing more should be read for now.</summary>
    public virtual bool IsFull => Input.Bytes >= Capacity;

    /// <summary>How many bytes wait.</summary>
    public long HeldBytes => Input.Bytes;

    /// <summary>Its stage.</summary>
    protected HttpStage Stage { get; } = stage;

    /// <summary>What both directions know together.</summary>
    protected HttpConversation Known { get; } = stage.Conversation;

    /// <summary>What has come and was not passed on yet.</summary>
    protected HttpInput Input { get; } = new();

    /// <summary>What is left of the message that is going by.</summary>
    protected HttpBody Body;

    /// <summary>A packet has come.</summary>
    public void Accept(in Packet packet)
    {
        Input.Add(packet);
        Process();
    }

    /// <summary>Does what can be done by now.</summary>
    public void Process()
    {
        if (isProcessing)
        {
            return;
        }

        isProcessing = true;
        var wasFull = IsFull;
        while (!Stage.IsGone && (Known.Phase switch
        {
            HttpPhase.Searching => Search(),
            HttpPhase.Messages => Read(),
            HttpPhase.Bytes => Pass(),
            _ => Drop(),
        }))
        {
        }

        isProcessing = false;
        if (wasFull && !IsFull && !Stage.IsGone)
        {
            // It may be the other direction that asked, and then nobody reads on here.
            Stage.WakeSoon();
        }
    }

    /// <summary>The toxic goes while the connection stays.</summary>
    public abstract void Leave();

    /// <summary>The connection is gone.</summary>
    public virtual void Discard() => Input.Clear();

    /// <summary>Does one thing while no request was seen.</summary>
    /// <returns>Whether there may be more to do.</returns>
    protected abstract bool Search();

    /// <summary>Does one thing of a message.</summary>
    /// <returns>Whether there may be more to do.</returns>
    protected abstract bool Read();

    /// <summary>Passes one packet on that is not looked at.</summary>
    protected virtual bool Pass()
    {
        if (Input.HasPart)
        {
            Stage.Forward(Input.TakePart());
            return true;
        }

        if (!Input.HasNext)
        {
            return false;
        }

        Stage.Forward(Input.Take());
        return true;
    }

    /// <summary>Drops one packet.</summary>
    protected virtual bool Drop()
    {
        if (Input.HasPart)
        {
            Input.TakePart().Release();
            return true;
        }

        if (!Input.HasNext)
        {
            return false;
        }

        var packet = Input.Take();
        switch (packet.Kind)
        {
            case PacketKind.Data:
                Stage.CountBytes(packet.Length);
                packet.Release();
                break;
            case PacketKind.End:
                DropEnd();
                break;
            default:
                Stage.Forward(packet);
                break;
        }

        return true;
    }

    /// <summary>The end of the stream comes while everything is dropped.</summary>
    protected abstract void DropEnd();

    /// <summary>The next packet is not bytes, and stands where a message begins: it is passed on.</summary>
    /// <returns>Whether it was so.</returns>
    protected bool PassOther()
    {
        if (Input.HasPart || !Input.HasNext || Input.Next is { Kind: PacketKind.Data, Length: > 0 })
        {
            return false;
        }

        Stage.Forward(Input.Take());
        return true;
    }

    /// <summary>
    /// What comes is understood no further. Bytes pass as they are from then on; only where a request waits that the upstream never heard of, nobody could say any more which
    /// answer belongs to whom, and the connection is closed.
    /// </summary>
    protected bool GiveUp()
    {
        if (Known.HasSwallowed)
        {
            Stage.Break();
            return false;
        }

        Stage.PassAll(isForeign: true);
        return true;
    }

    /// <summary>The same, and passes a head on that was taken already.</summary>
    protected bool GiveUp(in Packet head)
    {
        if (!GiveUp())
        {
            head.Release();
            return false;
        }

        Stage.Forward(head);
        return true;
    }
}
