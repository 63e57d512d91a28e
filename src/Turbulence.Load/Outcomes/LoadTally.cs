using Turbulence.Load.Histograms;

namespace Turbulence.Load.Outcomes;

/// <summary>Counts what becomes of the requests of a load. It is asked on any thread.</summary>
/// <param name="names">The outcomes.</param>
/// <param name="timeout">How long a request counts that was lost, in nanoseconds.</param>
internal sealed class LoadTally(OutcomeNames names, long timeout) : ILoadSink
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[names.All.Count];
    private readonly LatencyHistogram?[] times = new LatencyHistogram?[names.All.Count];
    private readonly LatencyHistogram latency = new();
    private readonly LatencyHistogram lag = new();
    private readonly LatencyHistogram answered = new();
    private readonly LatencyHistogram served = new();
    private long lost;
    private long lostLate;
    private long ended;

    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        lock (gate)
        {
            var place = names.PlaceOf(sample);
            counts[place]++;
            ended++;
            lag.Add(sample.Sent - sample.Due);
            (times[place] ??= new LatencyHistogram()).Add(sample.Latency);
            if (sample.IsLost)
            {
                lost++;
                lostLate += IsOwn(sample) ? 1 : 0;
                latency.Add(Math.Max(timeout, sample.Latency));
            }
            else if (sample.Outcome == RequestOutcome.Answered)
            {
                latency.Add(sample.Latency);
                answered.Add(sample.Latency);
                served.Add(sample.Ended - sample.Sent);
            }
        }
    }

    /// <summary>What there is until now.</summary>
    /// <param name="intended">How many were due.</param>
    /// <param name="elapsed">How long it has gone on.</param>
    /// <param name="shortage">What the system had no more of.</param>
    public LoadResult Result(long intended, TimeSpan elapsed, string? shortage)
    {
        lock (gate)
        {
            // More may have become due, and ended, since somebody looked.
            intended = Math.Max(intended, ended);
            return new LoadResult(
                intended,
                intended - ended,
                [.. names.All.Select((name, place) => KeyValuePair.Create(name, counts[place]))],
                lost,
                LoadLatency.Of(latency),
                [.. names.All
                    .Zip(times)
                    .Where(static one => one.Second is not null)
                    .Select(static one => KeyValuePair.Create(one.First, LoadLatency.Of(one.Second!)))],
                LoadLatency.Of(lag),
                Math.Max(0, answered.NanosecondsAt(0.99) - served.NanosecondsAt(0.99)) / 1e6,
                TimeSpan.FromMicroseconds(timeout / 1000.0),
                elapsed,
                shortage)
            {
                Answered = answered.NanosecondsAt(0.99) / 1e6,
                OwnLost = lostLate,
            };
        }
    }

    // It left late, or nobody looked when its time was over: its answer may have been there.
    private bool IsOwn(in LoadSample sample) =>
        sample.Outcome is RequestOutcome.TimedOut or RequestOutcome.NeverSent
        && Math.Max(sample.Sent - sample.Due, sample.Latency - timeout)
            > Math.Max(timeout * LoadResult.MostLateness, LoadResult.MostOwnLatency * 1e6);
}
