namespace Turbulence.Proxy.Connections;

/// <summary>What the connections of a proxy on one loop did. Only the loop writes; anybody reads.</summary>
internal sealed class ConnectionTally
{
    private long accepted;
    private long active;
    private long upstreamBytes;
    private long downstreamBytes;
    private long refused;
    private long failedDials;

    public long Accepted => Volatile.Read(ref accepted);

    public long Active => Volatile.Read(ref active);

    public long UpstreamBytes => Volatile.Read(ref upstreamBytes);

    public long DownstreamBytes => Volatile.Read(ref downstreamBytes);

    public long Refused => Volatile.Read(ref refused);

    public long FailedDials => Volatile.Read(ref failedDials);

    public void Opened()
    {
        accepted++;
        active++;
    }

    public void Closed() => active--;

    public void Sent(bool upstream, int bytes)
    {
        if (upstream)
        {
            upstreamBytes += bytes;
        }
        else
        {
            downstreamBytes += bytes;
        }
    }

    public void Refuse() => refused++;

    public void DialFailed() => failedDials++;
}
