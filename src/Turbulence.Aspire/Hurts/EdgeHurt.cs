using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

namespace Turbulence.Aspire.Hurts;

/// <summary>A fault that is in on an edge: a run of its own, with a guardian, which ends at its lease at the latest.</summary>
internal sealed class EdgeHurt
{
    private const string Has = "and has ";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly FaultScope scope;
    private readonly TimeProvider time;
    private volatile string seen;

    private EdgeHurt(FaultScope scope, string what, TimeProvider time)
    {
        this.scope = scope;
        this.time = time;
        What = what;
        seen = Words(scope.Fault.Effect);
    }

    /// <summary>What it is, for people: <c>latency 300 ms</c>.</summary>
    public string What { get; }

    /// <summary>What it is and what it has hit by now: <c>latency 300 ms, has hit 12 connections, 4800 bytes</c>.</summary>
    public string Text => $"{What}, {seen}";

    /// <summary>Its id, by which <c>chaos faults list</c> knows it.</summary>
    public string Id => scope.Fault.Id;

    /// <summary>When it is taken back by itself.</summary>
    public DateTimeOffset? Due => scope.Fault.Due;

    /// <summary>Puts it in, and comes back when its effect was seen.</summary>
    /// <param name="edge">The name of the edge.</param>
    /// <param name="proxy">Its proxy.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="arguments">Its arguments, but for the proxy.</param>
    /// <param name="lease">How long it stays.</param>
    /// <param name="place">Where it is written down.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <exception cref="RunRefusedException">It cannot be put in as it is asked for, or nothing may be run now; nothing was.</exception>
    /// <exception cref="FaultScopeException">It could not be put in, or had no effect; it is taken back, or the exception says what is
    /// left.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything is as it was.</exception>
    public static async Task<EdgeHurt> BeginAsync(
        string edge,
        FaultProxy proxy,
        string kind,
        JsonObject arguments,
        TimeSpan lease,
        RunPlace place,
        CancellationToken cancellationToken)
    {
        var fault = new ScopedFault(kind, proxy.Arguments(arguments))
        {
            Title = $"{kind} on {edge}",
            Name = edge,
            Duration = lease,
        };
        var scope = await FaultScope.BeginAsync(fault, place: place, cancellationToken: cancellationToken);
        var values = string.Join(", ", arguments.Select(static argument => $"{argument.Key} {argument.Value}"));
        return new EdgeHurt(scope, $"{kind["network.".Length..]}{(values.Length > 0 ? $" ({values})" : "")}", place.Time);
    }

    /// <summary>Looks at it again and again, until it is not in any more, whoever took it back.</summary>
    /// <param name="show">Called after each look.</param>
    /// <returns>How it ended.</returns>
    public async Task<RunOutcome> TendAsync(Func<Task> show)
    {
        using var pace = new PeriodicTimer(Pace, time);
        while (!scope.HasEnded && scope.Fault.State == FaultState.Active)
        {
            await show();
            await pace.WaitForNextTickAsync();
            if (await scope.LookAsync() is { } evidence)
            {
                seen = Words(evidence);
            }
        }

        return await EndAsync();
    }

    /// <summary>Counts what it has hit, takes it back, and looks whether everything is as it was.</summary>
    public async Task<RunOutcome> EndAsync()
    {
        var outcome = await scope.EndAsync();
        if (outcome.Faults is [{ Effect: { } effect }])
        {
            seen = Words(effect);
        }

        return outcome;
    }

    // The rest of the line names the proxy and the toxic, which the edge has said already.
    private static string Words(Evidence? evidence) => evidence?.Text is not { } text ? "nothing was seen of it yet"
        : text.IndexOf(Has, StringComparison.Ordinal) is >= 0 and var at ? text[(at + 4)..]
        : text;
}
