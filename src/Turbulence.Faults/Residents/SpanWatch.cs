using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>
/// Watches what a running .NET process does, from the inside, without a restart: every operation that has a span. It hurts nothing, costs
/// the process the making of its spans, and ends with its disposal, or by itself within two seconds when nobody reads.
/// </summary>
public sealed class SpanWatch : IAsyncDisposable
{
    private const int Parts = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(450);

    private readonly ResidentPlace place;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource end = new();
    private readonly Task renewing;

    private SpanWatch(ResidentPlace place, string text, TimeProvider time)
    {
        this.place = place;
        this.time = time;
        Text = text;
        renewing = Task.Run(RenewAsync, CancellationToken.None);
    }

    /// <summary>The process, for people: <c>process 4711 (require-rand), .NET 10.0.12</c>.</summary>
    public string Text { get; }

    /// <summary>Begins to watch.</summary>
    /// <param name="process">The id of the process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The watch, or why the process cannot be watched and what to do, in one line.</returns>
    public static async Task<(SpanWatch? Watch, string? Problem)> BeginAsync(
        int process, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ProcessTable.Find(process) is not { IsAlive: true } status)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"there is no process {process}"));
        }

        var name = ProcessText.Named(status);
        var (target, refusal) = await DotNetTarget.FindAsync(status, time, cancellationToken);
        if (target is null)
        {
            return (null, $"{name} {refusal}");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var place = new ResidentPlace(target, id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (await place.EnterAsync("dotnet.watch", [], time, both.Token) is { } problem)
            {
                await place.LeaveAsync(time, CancellationToken.None);
                return (null, problem);
            }
        }
        catch (OperationCanceledException)
        {
            await place.LeaveAsync(time, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return (null, $"{name} has not said in time that it has loaded what works inside");
        }

        return (new SpanWatch(place, $"{name}, .NET {target.Runtime.Version}", time), null);
    }

    /// <summary>What was done since the watch began.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>It, the most frequent first, or why it is not known any more, in one line.</returns>
    public async Task<(IReadOnlyList<SeenOperation>? Operations, string? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await place.AskAsync("look", time, cancellationToken);
        return answer.Problem is { } problem
            ? (null, place.Process.IsAlive ? problem : string.Create(CultureInfo.InvariantCulture, $"process {place.Process.Id} has ended"))
            : answer.More.ValueKind != JsonValueKind.Array ? ([], null)
            : ([.. answer.More.EnumerateArray().Select(Read).OrderByDescending(static seen => seen.Count)], null);
    }

    /// <summary>Ends it: nothing of it stays in the process but an assembly that nobody calls.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await renewing;
        end.Dispose();
        await place.LeaveAsync(time, CancellationToken.None);
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                await place.AskAsync("renew", time, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private static SeenOperation Read(JsonElement json)
    {
        var buckets = json.GetProperty("buckets").EnumerateArray().Select(static value => value.GetInt64()).Chunk(2).ToArray();
        return new SeenOperation(
            Member(json, "source"),
            Member(json, "operation"),
            Member(json, "kind"),
            [.. Member(json, "tags").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static tag => tag.Split('=', 2)).Select(
                static tag => KeyValuePair.Create(tag[0], tag.Length > 1 ? tag[1] : ""))],
            Member(json, "caller"),
            json.GetProperty("count").GetInt64(),
            json.GetProperty("errors").GetInt64(),
            Percentile(buckets, 0.5),
            Percentile(buckets, 0.99));
    }

    private static string Member(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    // Each bucket is an eighth of a power of two of microseconds: what is told is its upper end.
    private static TimeSpan Percentile(long[][] buckets, double share)
    {
        var due = (long)Math.Ceiling(share * buckets.Sum(static bucket => bucket[1]));
        foreach (var bucket in buckets)
        {
            due -= bucket[1];
            if (due <= 0)
            {
                var (power, part) = Math.DivRem(bucket[0], Parts);
                return TimeSpan.FromMicroseconds(Math.Pow(2, power) * (1 + ((part + 1) / (double)Parts)));
            }
        }

        return TimeSpan.Zero;
    }
}
