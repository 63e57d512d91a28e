using System.Text.Json.Nodes;
using Turbulence.Platform.Loops;
using Turbulence.Proxy.Connections;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy;

/// <summary>
/// The toxics of a proxy. Each change makes another set of them, which all loops are given; a toxic whose time to live is over is taken out
/// by the first loop itself.
/// </summary>
/// <param name="proxy">The proxy's name.</param>
/// <param name="server">Its server, which has the seed and the receipts.</param>
/// <param name="protocol">What it passes on.</param>
/// <param name="groups">The proxy's connections, by loop.</param>
internal sealed class ProxyToxics(string proxy, ProxyServer server, ProxyProtocol protocol, IReadOnlyList<ConnectionGroup> groups)
{
    private static long serials;

    private readonly Lock gate = new();
    private readonly Dictionary<long, LoopTimer> expiries = [];
    private ToxicSet set = ToxicSet.Empty;

    /// <summary>The toxics, in the order in which they were added.</summary>
    public IReadOnlyList<Toxic> All
    {
        get
        {
            lock (gate)
            {
                return [.. set.Entries.Select(Toxic.Of)];
            }
        }
    }

    private ProxyLoop Clockwork => groups[0].Loop;

    /// <summary>Adds some.</summary>
    public async Task<IReadOnlyList<Toxic>> AddAsync(IReadOnlyList<ToxicOptions> options)
    {
        List<ToxicEntry> added = [.. options.Select(Make)];
        await PublishAsync(entries => entries.Concat(added).DistinctBy(entry => entry.Name).Count() == entries.Count + added.Count
            ? entries.Concat(added)
            : throw new ProxyException(ProxyProblem.ToxicExists, "toxic already exists"));
        return [.. added.Select(Toxic.Of)];
    }

    /// <summary>Puts some in the place of all that are there; those that stay as they are are not touched.</summary>
    public async Task ReplaceAsync(IReadOnlyList<ToxicOptions> options)
    {
        List<ToxicEntry> wanted = [.. options.Select(Make)];
        if (wanted.DistinctBy(entry => entry.Name).Count() < wanted.Count)
        {
            throw new ProxyException(ProxyProblem.ToxicExists, "toxic already exists");
        }

        await PublishAsync(entries => wanted.Select(entry => entries.FirstOrDefault(entry.IsLike) ?? entry));
    }

    /// <summary>Changes one where it stands.</summary>
    public async Task<Toxic> UpdateAsync(string name, ToxicChange change)
    {
        ToxicEntry? changed = null;
        await PublishAsync(entries =>
        {
            var former = entries.FirstOrDefault(entry => entry.Name == name) ?? throw NotFound();
            changed = former with
            {
                Toxicity = Share(change.Toxicity ?? former.Toxicity),
                Values = Values(former.Kind, change.Attributes, former.Values),
                Ttl = change.Ttl is { } ttl ? Lifetime(ttl) : former.Ttl,
            };
            return entries.Select(entry => entry == former ? changed : entry);
        });
        return Toxic.Of(changed!);
    }

    /// <summary>Removes one.</summary>
    public Task RemoveAsync(string name) =>
        PublishAsync(entries => entries.Any(entry => entry.Name == name) ? entries.Where(entry => entry.Name != name) : throw NotFound());

    /// <summary>Removes all.</summary>
    public Task ClearAsync() => PublishAsync(_ => []);

    /// <summary>Lets all times to live begin anew.</summary>
    public void Renew()
    {
        lock (gate)
        {
            foreach (var entry in set.Entries)
            {
                Arm(entry);
            }
        }
    }

    /// <summary>A time to live: null for ever.</summary>
    /// <exception cref="ProxyException">It is not above 0.</exception>
    public static TimeSpan? Lifetime(TimeSpan? ttl) => ttl == Timeout.InfiniteTimeSpan ? null
        : ttl is { } time && time <= TimeSpan.Zero ? throw new ProxyException(ProxyProblem.InvalidToxic, "a time to live must be above 0")
        : ttl;

    private static ProxyException NotFound() => new(ProxyProblem.ToxicNotFound, "toxic not found");

    private static double Share(double toxicity) => toxicity is >= 0 and <= 1
        ? toxicity
        : throw new ProxyException(
            ProxyProblem.InvalidToxic, FormattableString.Invariant($"toxicity must be a number from 0 to 1, not {toxicity}"));

    private static ToxicValues Values(ToxicKind kind, JsonObject? given, ToxicValues? former) =>
        ToxicValues.Read(kind, given, former, out var problem) ?? throw new ProxyException(ProxyProblem.InvalidToxic, problem!);

    private ToxicEntry Make(ToxicOptions options)
    {
        var kind = ToxicKinds.Find(options.Type) ?? throw new ProxyException(ProxyProblem.InvalidToxicType, "invalid toxic type");
        if (protocol == ProxyProtocol.Udp ? !kind.IsForDatagrams : !kind.IsForStreams)
        {
            var others = string.Join(", ", ToxicKinds.All.Where(other => other.IsForDatagrams).Select(other => other.Name));
            throw new ProxyException(
                ProxyProblem.InvalidToxic,
                protocol == ProxyProtocol.Udp
                    ? $"{kind.Name} is for connections, and {proxy} passes datagrams on; those can have {others}"
                    : $"{kind.Name} is for datagrams, and {proxy} passes connections on");
        }

        var name = options.Name is { Length: > 0 } given
            ? given
            : $"{options.Type}_{(options.Stream == ToxicStream.Upstream ? "upstream" : "downstream")}";
        var label = options.Label is { Length: > 0 } asked ? asked : null;
        var entry = new ToxicEntry(
            Interlocked.Increment(ref serials),
            name,
            kind,
            options.Stream,
            Share(options.Toxicity),
            Values(kind, options.Attributes, null),
            new DecisionSeed(server.Options.Seed, proxy, label ?? name),
            new ToxicTally(groups.Count),
            server.Log?.Beginning(proxy, label ?? name) ?? [],
            Clockwork.Clock.Now);
        return entry with { Label = label, Ttl = Lifetime(options.Ttl) };
    }

    private Task PublishAsync(Func<IReadOnlyList<ToxicEntry>, IEnumerable<ToxicEntry>> change)
    {
        ToxicSet now;
        lock (gate)
        {
            var former = set;
            set = now = former.With(change(former.Entries));
            foreach (var gone in former.Entries.Where(entry => !now.Entries.Any(other => other.Serial == entry.Serial)))
            {
                Disarm(gone);
            }

            foreach (var entry in now.Entries.Except(former.Entries))
            {
                Arm(entry);
            }
        }

        return Task.WhenAll(groups.Select(group => group.Loop.RunAsync(() => group.Apply(now))));
    }

    private void Arm(ToxicEntry entry)
    {
        Disarm(entry);
        if (entry.Ttl is { } ttl)
        {
            var timer = expiries[entry.Serial] = new LoopTimer(() => Drop(entry.Serial));
            var due = Clockwork.Clock.Now + Clockwork.Clock.Milliseconds(ttl.TotalMilliseconds);
            Clockwork.Post(() => Clockwork.Set(timer, due));
        }
    }

    private void Disarm(ToxicEntry entry)
    {
        if (expiries.Remove(entry.Serial, out var timer))
        {
            Clockwork.Post(() => Clockwork.Stop(timer));
        }
    }

    // Nobody waits for it: it is the loop that calls.
    private void Drop(long serial) => _ = PublishAsync(entries => entries.Where(entry => entry.Serial != serial));
}
