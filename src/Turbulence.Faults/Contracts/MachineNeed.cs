namespace Turbulence.Faults.Contracts;

/// <summary>
/// Something that kinds need of the machine. It is said once, where the kind is: the list of kinds and the docs tell it, the plan refuses
/// by it, and <c>chaos doctor</c> looks at it.
/// </summary>
/// <param name="text">What it takes, for people: <c>root (CAP_NET_ADMIN), and the program nft (Debian's package nftables)</c>.</param>
/// <param name="look">Looks whether it is there, and changes nothing.</param>
public sealed class MachineNeed(string text, Func<CancellationToken, ValueTask<NeedSight>> look)
{
    /// <summary>What it takes, for people.</summary>
    public string Text { get; } = text;

    /// <summary>Looks whether it is there. Nothing is changed.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    public ValueTask<NeedSight> LookAsync(CancellationToken cancellationToken) => look(cancellationToken);
}
