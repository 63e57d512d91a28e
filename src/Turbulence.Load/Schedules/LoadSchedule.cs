namespace Turbulence.Load.Schedules;

/// <summary>
/// When requests leave. In the open model that is settled beforehand, whatever the answers do, as users do who know nothing of one another:
/// a server that stalls meets all of the requests that came meanwhile. In the closed model a number of users wait for their answer each
/// before they ask again, so that a server that stalls is asked less.
/// </summary>
public sealed class LoadSchedule
{
    /// <summary>The least rate that people are offered: one request in some three hours.</summary>
    internal const double LeastRate = 0.0001;

    /// <summary>The highest rate that people are offered, in requests a second.</summary>
    internal const double MostRate = 1_000_000;

    /// <summary>How many users people are offered in the closed model: each has a port of this machine.</summary>
    internal const int MostUsers = 60_000;

    private LoadSchedule(IReadOnlyList<RateSegment> segments, bool isByChance, int users, TimeSpan duration) =>
        (Segments, IsByChance, Users, Duration) = (segments, isByChance, users, duration);

    /// <summary>The rate over time, of the open model.</summary>
    public IReadOnlyList<RateSegment> Segments { get; }

    /// <summary>Whether requests come by chance, independent of each other (a Poisson process), and not at equal distances.</summary>
    public bool IsByChance { get; }

    /// <summary>How many users ask in turn, in the closed model; 0 in the open one.</summary>
    public int Users { get; }

    /// <summary>From the first moment at which a request may be due to the last.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The open model with one rate.</summary>
    /// <param name="rate">Requests a second; more than 0.</param>
    /// <param name="duration">How long; more than 0.</param>
    public static LoadSchedule Constant(double rate, TimeSpan duration) => Open([new RateSegment(rate, rate, duration)]);

    /// <summary>The open model with a rate that goes evenly from one value to another.</summary>
    /// <param name="from">Requests a second at the beginning; 0 or more.</param>
    /// <param name="to">Requests a second at the end; 0 or more.</param>
    /// <param name="duration">How long; more than 0.</param>
    public static LoadSchedule Ramp(double from, double to, TimeSpan duration) => Open([new RateSegment(from, to, duration)]);

    /// <summary>The open model with several rates, one after the other.</summary>
    /// <param name="segments">What comes after what; at least one.</param>
    /// <param name="isByChance">Whether requests come by chance and not at equal distances.</param>
    /// <exception cref="ArgumentException">There is none, or one with a rate or a duration that cannot be.</exception>
    public static LoadSchedule Open(IReadOnlyList<RateSegment> segments, bool isByChance = false)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (segments.Count == 0
            || segments.Any(static one =>
                one.Duration <= TimeSpan.Zero || !(one.From >= 0) || !(one.To >= 0) || !double.IsFinite(one.Mass)))
        {
            throw new ArgumentException("a schedule needs segments with rates of 0 or more and durations of more than 0", nameof(segments));
        }

        return new LoadSchedule([.. segments], isByChance, 0, TimeSpan.FromTicks(segments.Sum(static one => one.Duration.Ticks)));
    }

    /// <summary>The closed model.</summary>
    /// <param name="users">How many ask at the same time; 1 or more.</param>
    /// <param name="duration">How long they ask; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or the duration is 0 or less.</exception>
    public static LoadSchedule Closed(int users, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return new LoadSchedule([], false, users, duration);
    }

    /// <summary>
    /// The moments at which requests are due, in nanoseconds from the beginning, none of them earlier than the one before.
    /// </summary>
    /// <param name="random">Where chance comes from.</param>
    /// <remarks>
    /// Requests that come by chance are those of a process of rate 1, each at the time at which the rate's integral has its place (time
    /// rescaling; Daley and Vere-Jones, An Introduction to the Theory of Point Processes, theorem 7.4.I).
    /// </remarks>
    internal IEnumerable<long> Moments(Random random)
    {
        var (start, before) = (0.0, 0.0);
        var place = IsByChance ? Distance(random) : 0;
        foreach (var segment in Segments)
        {
            // Sums of halves and thirds end a hair before or behind a whole number, which would be a request more or less.
            var end = before + segment.Mass;
            for (; place < end - 1e-9; place += IsByChance ? Distance(random) : 1)
            {
                yield return (long)((start + segment.TimeOf(place - before)) * 1e9);
            }

            before = end;
            start += segment.Duration.TotalSeconds;
        }
    }

    private static double Distance(Random random) => -Math.Log(1 - random.NextDouble());
}
