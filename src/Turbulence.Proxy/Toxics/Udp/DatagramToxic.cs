namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>A kind of toxic that only datagrams can have.</summary>
/// <param name="name">Its wire name.</param>
/// <param name="summary">What it does, in one line.</param>
/// <param name="attributes">Its attributes.</param>
internal abstract class DatagramToxic(string name, string summary, IReadOnlyList<ToxicAttribute> attributes)
    : ToxicKind(name, summary, attributes)
{
    public override bool IsForStreams => false;

    public override bool IsForDatagrams => true;

    public sealed override ToxicStage CreateStage() => throw new InvalidOperationException($"{Name} is for datagrams.");
}
