using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.PacketFilters;

/// <summary>The packet filter, and the right to tell it what to do.</summary>
internal static class PacketFilterNeed
{
    // What a fault's table is made of; it is judged, and never added.
    private static readonly string[] Example =
    [
        "add table inet turbulence_look",
        "add chain inet turbulence_look output { type filter hook output priority 0; }",
        "add rule inet turbulence_look output counter drop",
    ];

    /// <summary>What the kinds declare.</summary>
    public static MachineNeed Need { get; } = new(
        "root (CAP_NET_ADMIN), and the program nft (Debian's package nftables)",
        static async stop => NeedSight.Of(await ProblemAsync("it", Example, stop), "nft takes rules"));

    /// <summary>Why the packet filter would not take commands, in one line; null where it would. Nothing is changed.</summary>
    /// <param name="who">Who needs it.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<string?> ProblemAsync(string who, IEnumerable<string> commands, CancellationToken cancellationToken) =>
        NftProgram.File is null ? "the program nft is not installed: it is in Debian's package nftables"
        : (await NftProgram.JudgeAsync(commands, TimeProvider.System, cancellationToken)).Problem is not { } problem ? null
        : Environment.IsPrivilegedProcess ? $"the packet filter does not take its rules: {problem}"
        : $"{who} needs root: {problem}";
}
