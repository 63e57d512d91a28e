using Turbulence.Proxy.Connections;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Toxics;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Datagrams;

/// <summary>
/// The toxics of a proxy, as datagrams meet them. Whom one hits is a hash of the flow's number and the datagram's number in it and its
/// direction.
/// </summary>
/// <param name="group">The proxy.</param>
internal sealed class DatagramToxics(ConnectionGroup group)
{
    private (ToxicEntry Entry, DatagramRule Rule)[] rules = [];
    private ToxicSet known = ToxicSet.Empty;

    /// <summary>Decides what becomes of a datagram.</summary>
    /// <param name="flow">Whose it is.</param>
    /// <param name="direction">Where it goes.</param>
    /// <param name="number">Its number in its flow and direction.</param>
    /// <param name="bytes">The datagram; it may be changed.</param>
    public DatagramFate Decide(DatagramFlow flow, ToxicStream direction, long number, Span<byte> bytes)
    {
        if (known != group.Toxics)
        {
            known = group.Toxics;
            rules = [.. known.Entries.Select(entry => (entry, entry.Kind.CreateRule(entry.Values)))];
        }

        var fate = default(DatagramFate);
        foreach (var (entry, rule) in rules)
        {
            var decision = entry.Decisions.Of((flow.Number * 2) + (int)direction, number);
            if (!entry.StandsIn(direction) || !DecisionSeed.Hits(decision, entry.Toxicity))
            {
                continue;
            }

            if (flow.IsNew(entry))
            {
                entry.Tally.AddConnection(group.Loop.Number);
            }

            group.NoteDatagram(entry, flow.Number, number, direction);
            if (rule.Apply(bytes, new StageRandom(~decision), ref fate) is { } touched)
            {
                if (rule.IsForOvertaking)
                {
                    fate.Overtaking ??= entry;
                }
                else
                {
                    Count(entry, touched);
                }
            }

            if (fate.IsLost)
            {
                break;
            }
        }

        return fate;
    }

    /// <summary>A toxic has done something to a datagram.</summary>
    /// <param name="entry">The toxic.</param>
    /// <param name="bytes">To how many of its bytes.</param>
    public void Count(ToxicEntry entry, int bytes)
    {
        entry.Tally.AddRequest(group.Loop.Number);
        entry.Tally.AddBytes(group.Loop.Number, bytes);
    }
}
