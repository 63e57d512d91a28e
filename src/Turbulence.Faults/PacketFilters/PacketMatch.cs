using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Turbulence.Faults.PacketFilters;

/// <summary>Which packets of this machine's own are meant: those that every part of it agrees to.</summary>
internal sealed record PacketMatch
{
    /// <summary>The other side's address, or its network; null for any.</summary>
    public IPNetwork? Address { get; init; }

    /// <summary>The port at either end; 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>What the packets carry: <c>tcp</c>, <c>udp</c>; null for anything.</summary>
    public string? Protocol { get; init; }

    /// <summary>Whose sockets they come from or go to; null for anybody's.</summary>
    public ControlGroup? Group { get; init; }

    /// <summary>Whether those that leave are meant.</summary>
    public bool IsOut { get; init; } = true;

    /// <summary>Whether those that arrive are meant.</summary>
    public bool IsIn { get; init; } = true;

    /// <summary>The packets for people: <c>TCP packets to and from 192.0.2.7, port 5432</c>.</summary>
    public string Text
    {
        get
        {
            var way = (IsOut, IsIn) switch { (true, true) => "to and from", (true, false) => "to", _ => "from" };
            var ends = string.Join(", ", ((string?[])[
                AddressText, Port == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"port {Port}"),
            ]).OfType<string>());
            return $"{(Protocol is null ? "" : $"{Protocol.ToUpperInvariant()} ")}packets {way} {(ends.Length == 0 ? "anywhere" : ends)}{(Group is null ? "" : $" of the control group {Group.Path}")}";
        }
    }

    /// <summary>Names the packets on this machine, for locks.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture,
        $"packets:{NetworkNamespace.Own.Name}:{AddressText}:{Port}:{Protocol}:{Group?.Path}:{(IsOut ? "o" : "")}{(IsIn ? "i" : "")}");

    private string? AddressText => Address is not { } network ? null
        : network.PrefixLength == (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            ? network.BaseAddress.ToString()
        : network.ToString();

    /// <summary>The commands that make a table with a rule for each of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isRejected">Whether the sender is told; otherwise it hears nothing.</param>
    public IEnumerable<string> Commands(string table, bool isRejected)
    {
        yield return $"add table inet {table}";
        foreach (var (chain, isMeant) in ((string, bool)[])[("output", IsOut), ("input", IsIn)])
        {
            if (!isMeant)
            {
                continue;
            }

            yield return $"add chain inet {table} {chain} {{ type filter hook {chain} priority -10; policy accept; }}";
            foreach (var rule in Rules(chain == "output" ? "daddr" : "saddr", isRejected))
            {
                yield return $"add rule inet {table} {chain} {rule}";
            }
        }
    }

    private IEnumerable<string> Rules(string end, bool isRejected)
    {
        var common = $"{(Group is null ? "" : string.Create(CultureInfo.InvariantCulture, $"socket cgroupv2 level {Group.Level} \"{Group.Path}\" "))}"
            + (Address is not { } network
                ? ""
                : $"{(network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? "ip" : "ip6")} {end} {network} ");
        foreach (var protocol in Protocols(isRejected))
        {
            // What the system answers in the place of the other side passes here as well, and has to arrive.
            var verdict = !isRejected ? "counter drop"
                : protocol == "tcp" ? "tcp flags & rst == 0x0 counter reject with tcp reset"
                : $"{(protocol is null ? "meta l4proto != { tcp, icmp, ipv6-icmp } " : "")}counter reject with icmpx type port-unreachable";
            foreach (var port in Port == 0 ? [""] : (string[])["dport", "sport"])
            {
                var carried = protocol is null ? ""
                    : port.Length == 0 ? $"meta l4proto {protocol} "
                    : string.Create(CultureInfo.InvariantCulture, $"{protocol} {port} {Port} ");
                yield return $"{common}{carried}{verdict}";
            }
        }
    }

    // A port is TCP's or UDP's, and only TCP has a word of its own for "no".
    private IEnumerable<string?> Protocols(bool isRejected) =>
        Protocol is not null ? [Protocol]
        : Port != 0 ? ["tcp", "udp"]
        : isRejected ? ["tcp", null]
        : [null];
}
