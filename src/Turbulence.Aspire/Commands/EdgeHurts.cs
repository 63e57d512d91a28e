using System.Text.Json.Nodes;
using Turbulence.Aspire.Dashboards;
using Turbulence.Aspire.Hurts;
using Turbulence.Aspire.Resources;
using Turbulence.Events;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

namespace Turbulence.Aspire.Commands;

/// <summary>Puts faults in on edges, and takes them back.</summary>
/// <param name="options">Where they are written down, and how long they stay.</param>
/// <param name="board">Shows how edges stand.</param>
internal sealed class EdgeHurts(ChaosOptions options, EdgeBoard board)
{
    private readonly Lock gate = new();
    private readonly List<Task> tending = [];
    private bool isOver;

    /// <summary>Puts one in, and comes back when its effect was seen.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="arguments">Its arguments, but for the proxy.</param>
    /// <param name="lease">How long it stays. Default: null, as the options say.</param>
    /// <param name="cancellationToken">Ends the wait for it; what was put in is taken back.</param>
    /// <exception cref="InvalidOperationException">The edge cannot be hurt so; the message says why.</exception>
    /// <exception cref="RunRefusedException">It cannot be put in as it is asked for, or nothing may be run now; nothing was.</exception>
    /// <exception cref="FaultScopeException">It could not be put in, or had no effect; it is taken back, or the exception says what is
    /// left.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything is as it was.</exception>
    public async Task<EdgeHurt> BeginAsync(
        EdgeResource edge, string kind, JsonObject arguments, TimeSpan? lease, CancellationToken cancellationToken)
    {
        if (edge.Refusal(kind) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        // The command's token ends with the command, and the fault stays.
        using var giveUp = new CancellationTokenSource();
        EdgeHurt hurt;
        await using (cancellationToken.Register(giveUp.Cancel))
        {
            hurt = await EdgeHurt.BeginAsync(
                edge.Name, edge.Proxy!, kind, arguments, lease ?? options.Lease, options.Place, giveUp.Token);
        }

        lock (gate)
        {
            edge.Hurts = [.. edge.Hurts, hurt];
            tending.RemoveAll(static task => task.IsCompleted);
            tending.Add(TendAsync(edge, hurt));
            if (!isOver)
            {
                return hurt;
            }
        }

        await hurt.EndAsync();
        throw new InvalidOperationException("the AppHost is at its end");
    }

    /// <summary>Takes back what is in on an edge.</summary>
    /// <returns>What came of it, a line for each; and whether all of it was seen to be taken back.</returns>
    public async Task<(IReadOnlyList<string> Lines, bool IsClean)> EndAsync(EdgeResource edge)
    {
        var ended = await Task.WhenAll(edge.Hurts.Select(async hurt => (Hurt: hurt, Outcome: await hurt.EndAsync())));
        return ([.. ended.Select(one => $"{edge.Name}: {Words(one.Hurt, one.Outcome)}")], !ended.Any(one => one.Outcome.NeedsAPerson));
    }

    /// <summary>Takes back what is in on all edges, and puts nothing in any more.</summary>
    /// <param name="edges">The edges.</param>
    public async Task CloseAsync(IEnumerable<EdgeResource> edges)
    {
        lock (gate)
        {
            isOver = true;
        }

        await Task.WhenAll(edges.Select(EndAsync));
        Task[] left;
        lock (gate)
        {
            left = [.. tending];
        }

        await Task.WhenAll(left);
    }

    private async Task TendAsync(EdgeResource edge, EdgeHurt hurt)
    {
        await Task.Yield();
        string last;
        try
        {
            var outcome = await hurt.TendAsync(() => board.ShowAsync(edge));
            last = Words(hurt, outcome);
        }
        catch (Exception failure)
        {
            last = $"{hurt.What}: how it ended is not known: {failure.Message.TrimEnd('.')}; 'chaos faults list' says what is in";
        }

        lock (gate)
        {
            edge.Hurts = [.. edge.Hurts.Where(other => other != hurt)];
            edge.Last = last;
        }

        board.Say(edge, last);
        await board.ShowAsync(edge);
    }

    private static string Words(EdgeHurt hurt, RunOutcome outcome) =>
        outcome.NeedsAPerson ? $"{hurt.Text}; NOT seen to be taken back: {string.Join("; ", outcome.Reasons)}"
        : outcome.Verdict == Verdict.Passed ? $"{hurt.Text}; taken back"
        : $"{hurt.Text}; taken back, {outcome.Word}: {string.Join("; ", outcome.Reasons)}";
}
