namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>What becomes of a datagram.</summary>
internal struct DatagramFate
{
    /// <summary>Whether it never arrives.</summary>
    public bool IsLost { get; set; }

    /// <summary>How much later it leaves, in milliseconds.</summary>
    public double Delay { get; set; }

    /// <summary>What has hit it in order that others overtake it; null for nothing.</summary>
    public ToxicEntry? Overtaking { get; set; }

    /// <summary>How often it is sent beside the first time.</summary>
    public int Copies { get; set; }
}
