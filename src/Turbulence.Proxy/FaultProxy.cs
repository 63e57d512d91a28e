using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Addresses;
using Turbulence.Proxy.Connections;
using Turbulence.Proxy.Datagrams;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy;

/// <summary>
/// A proxy: it listens, asks its upstream for each connection, and passes bytes, ends and resets on, through its toxics. A change holds for
/// all connections, those that are there included, when the task that made it has ended; bytes that are on their way stay in order.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore never makes a handle that would have to be given back.")]
public sealed class FaultProxy
{
    private const int MostFlows = 65536;

    private readonly ProxyServer server;
    private readonly ConnectionGroup[] groups;
    private readonly SemaphoreSlim changes = new(1, 1);
    private readonly ProxyToxics toxics;
    private readonly LoopTimer expiry;
    private readonly ProxyEntrance entrance;
    private readonly DatagramLimits limits;
    private ProxyAddress upstreamAddress;
    private long lastConnection;
    private bool isEnded;

    internal FaultProxy(ProxyServer server, ProxyOptions options)
    {
        this.server = server;
        Name = options.Name;
        Protocol = options.Protocol;
        var listenAddress = Address(options.Listen, "listen");
        upstreamAddress = Address(options.Upstream, "upstream");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.DialTimeout, TimeSpan.Zero, nameof(options));
        DialTimeout = options.DialTimeout;
        OnUpstreamFailure = options.OnUpstreamFailure;
        entrance = new ProxyEntrance(listenAddress, Protocol, options.Backlog, First);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FlowTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostFlows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MostFlows, MostFlows, nameof(options));
        limits = new DatagramLimits(options.MostFlows, options.FlowTimeout);
        IsEnabled = options.IsEnabled;
        Ttl = ProxyToxics.Lifetime(options.Ttl);
        expiry = new LoopTimer(Expire);
        groups = [.. server.Loops.Select(loop => new ConnectionGroup(loop, server.Log, Settings))];
        toxics = new ProxyToxics(Name, server, Protocol, groups);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it passes on.</summary>
    public ProxyProtocol Protocol { get; }

    /// <summary>
    /// Where it listens: with the address and port that were resolved while it is enabled, as it was given while it is not, with the port
    /// that the system chose for port 0.
    /// </summary>
    public string Listen => entrance.Address;

    /// <summary>Whom it asks.</summary>
    public string Upstream => upstreamAddress.ToString();

    /// <summary>Whether it listens.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>How long a connection to the upstream may take.</summary>
    public TimeSpan DialTimeout { get; }

    /// <summary>What a client sees when the upstream cannot be reached.</summary>
    public UpstreamFailure OnUpstreamFailure { get; }

    /// <summary>Its time to live; null for ever.</summary>
    public TimeSpan? Ttl { get; private set; }

    /// <summary>Its toxics, in the order in which they were added.</summary>
    public IReadOnlyList<Toxic> Toxics => toxics.All;

    /// <summary>What it did so far.</summary>
    public ProxyCounters Counters => new(
        groups.Sum(group => group.Tally.Accepted),
        groups.Sum(group => group.Tally.Active),
        groups.Sum(group => group.Tally.UpstreamBytes),
        groups.Sum(group => group.Tally.DownstreamBytes),
        groups.Sum(group => group.Tally.Refused),
        groups.Sum(group => group.Tally.FailedDials));

    /// <summary>How often there was no open file left for a client.</summary>
    internal long AcceptPauses => entrance.Pauses;

    /// <summary>The last thing that went wrong in a connection and never should; null for nothing.</summary>
    internal Exception? Failure => groups.Select(group => group.Failure).FirstOrDefault(failure => failure is not null);

    private ProxyLoop First => server.Loops[0];

    private ConnectionSettings Settings => new(Name, upstreamAddress.Asked, DialTimeout, OnUpstreamFailure);

    /// <summary>The toxic of a name; null for none.</summary>
    /// <param name="name">The name.</param>
    public Toxic? FindToxic(string name) => toxics.All.FirstOrDefault(toxic => toxic.Name == name);

    /// <summary>Changes it. Another address to listen on or of the upstream closes its connections.</summary>
    /// <param name="change">What is changed.</param>
    /// <exception cref="ProxyException">It cannot be changed so. Where it cannot listen it is disabled; otherwise nothing was
    /// changed.</exception>
    public async Task UpdateAsync(ProxyChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        await changes.WaitAsync();
        try
        {
            var newListen = change.Listen is { } listen ? Address(listen, "listen") : null;
            var newUpstream = change.Upstream is { } upstream ? Address(upstream, "upstream") : null;
            var isOther = (newListen is not null && !entrance.Is(newListen)) || (newUpstream is not null && newUpstream != upstreamAddress);
            if (change.Ttl is { } ttl)
            {
                Ttl = ProxyToxics.Lifetime(ttl);
                RenewTtl();
            }

            var isEnabled = change.IsEnabled ?? IsEnabled;
            if (isOther || !isEnabled)
            {
                await StopAsync();
            }

            if (isOther)
            {
                if (newListen is not null)
                {
                    entrance.Move(newListen);
                }

                upstreamAddress = newUpstream ?? upstreamAddress;
                var settings = Settings;
                await OnLoopsAsync(group => group.Settings = settings);
            }

            if (isEnabled && !entrance.IsOpen)
            {
                await StartAsync();
            }

            IsEnabled = isEnabled;
        }
        finally
        {
            changes.Release();
        }
    }

    /// <summary>Lets it listen again.</summary>
    /// <exception cref="ProxyException">It cannot listen there.</exception>
    public Task EnableAsync() => UpdateAsync(new ProxyChange { IsEnabled = true });

    /// <summary>Stops listening, so that clients are refused, and closes its connections. Its toxics stay.</summary>
    public Task DisableAsync() => UpdateAsync(new ProxyChange { IsEnabled = false });

    /// <summary>Removes all toxics and enables it.</summary>
    /// <exception cref="ProxyException">It cannot listen there; the toxics are removed all the same.</exception>
    public async Task ResetAsync()
    {
        await toxics.ClearAsync();
        await EnableAsync();
    }

    /// <summary>Lets the time to live of the proxy and of all toxics begin anew.</summary>
    public void Renew()
    {
        RenewTtl();
        toxics.Renew();
    }

    /// <summary>Adds a toxic behind those that are there.</summary>
    /// <param name="options">The toxic.</param>
    /// <exception cref="ProxyException">It cannot be added.</exception>
    public async Task<Toxic> AddToxicAsync(ToxicOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (await toxics.AddAsync([options]))[0];
    }

    /// <summary>Changes a toxic where it stands.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">What is changed.</param>
    /// <exception cref="ProxyException">There is none of that name, or it cannot be changed so.</exception>
    public Task<Toxic> UpdateToxicAsync(string name, ToxicChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return toxics.UpdateAsync(name, change);
    }

    /// <summary>Removes a toxic. What it held passes on, unless bytes are missing by then: such connections are closed.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ProxyException">There is none of that name.</exception>
    public Task RemoveToxicAsync(string name) => toxics.RemoveAsync(name);

    /// <summary>
    /// Whether it listens at an address, and asks another one: as they are written, or as the one to listen on is resolved.
    /// </summary>
    /// <exception cref="ProxyException">One of them is no address.</exception>
    internal async Task<bool> IsBetweenAsync(string listen, string upstream)
    {
        var other = Address(listen, "listen");
        return Address(upstream, "upstream") == upstreamAddress && await entrance.IsAtAsync(other);
    }

    /// <summary>Lets it have some toxics and no others. Where it has just these already, they stay and go on counting.</summary>
    /// <exception cref="ProxyException">One of them cannot be; nothing was changed.</exception>
    internal Task ReplaceToxicsAsync(IReadOnlyList<ToxicOptions> wanted) => toxics.ReplaceAsync(wanted);

    internal async Task BeginAsync(IReadOnlyList<ToxicOptions> first)
    {
        await toxics.AddAsync(first);
        try
        {
            if (IsEnabled)
            {
                await StartAsync();
            }
        }
        catch (ProxyException)
        {
            await EndAsync();
            throw;
        }

        RenewTtl();
    }

    internal async Task EndAsync()
    {
        await changes.WaitAsync();
        try
        {
            isEnded = true;
            await StopAsync();
            await toxics.ClearAsync();
            await First.RunAsync(() => First.Stop(expiry));
        }
        finally
        {
            changes.Release();
        }
    }

    private ProxyAddress Address(string text, string field) =>
        Protocol == ProxyProtocol.Udp && text.StartsWith("unix:", StringComparison.Ordinal)
            ? throw new ProxyException(ProxyProblem.InvalidAddress, $"{field} must be an address of UDP such as 127.0.0.1:53, not {text}")
        : text.Length == 0 ? throw new ProxyException(ProxyProblem.InvalidAddress, $"missing required field: {field}")
        : ProxyAddress.Parse(text) ?? throw new ProxyException(
            ProxyProblem.InvalidAddress,
            $"{field} must be an address such as 127.0.0.1:8002, [::1]:8002, localhost:8002, :8002 or unix:/run/a.sock, not {text}");

    private Task OnLoopsAsync(Action<ConnectionGroup> action) =>
        Task.WhenAll(groups.Select(group => group.Loop.RunAsync(() => action(group))));

    private void RenewTtl()
    {
        var due = Ttl is { } ttl ? First.Clock.Now + First.Clock.Milliseconds(ttl.TotalMilliseconds) : 0;
        First.Post(() =>
        {
            if (due > 0 && !isEnded)
            {
                First.Set(expiry, due);
            }
            else
            {
                First.Stop(expiry);
            }
        });
    }

    private void Expire()
    {
        _ = toxics.ClearAsync();
        _ = Task.Run(async () =>
        {
            try
            {
                if (!isEnded)
                {
                    await EnableAsync();
                }
            }
            catch (ProxyException)
            {
                // Somebody else has its address: nobody can be passed on there.
            }
        });
    }

    private async Task StartAsync()
    {
        IsEnabled = false;
        await entrance.OpenAsync(upstreamAddress, listener => Protocol == ProxyProtocol.Udp
            ? new DatagramFront(groups[0], listener, limits, () => ++lastConnection)
            : new Acceptor(First, listener, Accepted));
        IsEnabled = true;
    }

    private async Task StopAsync()
    {
        await entrance.CloseAsync();
        await OnLoopsAsync(group => group.CloseAll());
    }

    /// <summary>A client's connection; on the first loop.</summary>
    private void Accepted(NonBlockingSocket socket)
    {
        var number = ++lastConnection;
        var group = groups[(number - 1) % groups.Length];
        if (group.Loop.IsHere)
        {
            group.Open(socket, number);
        }
        else
        {
            group.Loop.Post(() => group.Open(socket, number));
        }
    }
}
