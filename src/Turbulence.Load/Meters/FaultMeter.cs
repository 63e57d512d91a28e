using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Meters;

/// <summary>
/// Looks at the requests from the beginning of a fault on. Times are nanoseconds from the beginning of the load.
/// <code>
///   before ──▶ fault ───────────────▶ undone ─────────▶ next fault, or the end
///                │ first lost … last lost │ last lost or answered by another │
///                └ another class answers  └──────────── recovered ───────────┘
/// </code>
/// </summary>
/// <param name="fault">The fault's id.</param>
/// <param name="begun">When it was put in.</param>
/// <param name="before">The requests before it, while no fault was in. It is not changed any more.</param>
/// <param name="names">The outcomes.</param>
/// <param name="sampling">The mean distance between two requests until then, in nanoseconds.</param>
internal sealed class FaultMeter(string fault, long begun, MeterPhase before, OutcomeNames names, double sampling)
{
    // Requests are looked at together, to say whether they are slow: in parts of a tenth of a second, and of five requests where that is
    // longer.
    private const long LeastPart = 100_000_000;
    private const double PartRequests = 5;
    private const int LeastSlow = 2;

    // Somebody who answered one in a hundred before is nobody else.
    private const double Rare = 0.01;
    private const long ClockAccuracy = 1_000_000;

    // 100 s or more: no request is waited for that long.
    private const int MostParts = 1000;

    private readonly long begun = begun;
    private readonly OutcomeNames names = names;
    private readonly MeterPhase during = new(names, begun);
    private readonly int original = before.MainClass;
    private readonly long usual = before.Answered.Count > 0 ? before.Answered.NanosecondsAt(0.99) + ClockAccuracy : 0;
    private readonly long width = Math.Max(LeastPart, (long)(sampling * PartRequests));
    private readonly List<string> overlaps = [];
    private readonly List<string> lostTraces = [];
    private readonly SortedDictionary<long, (int Slow, int All)> parts = [];
    private MeterPhase after = new(names);
    private long undone = -1;
    private long last = begun;
    private long firstLost = -1;
    private long lastLost = -1;
    private long failover = -1;
    private long lastUnusual = -1;
    private long lastUsual = -1;
    private long lastSlowPart = -1;
    private long slow;
    private bool answersAsBefore;
    private bool isClosed;

    /// <summary>The fault.</summary>
    public string Fault => fault;

    /// <summary>Whether it has been taken back.</summary>
    public bool IsUndone => undone >= 0;

    /// <summary>It has been taken back.</summary>
    public void Undo(long at)
    {
        if (undone < 0)
        {
            undone = at;
            after = new MeterPhase(names, at);
        }
    }

    /// <summary>Another fault is in at the same time.</summary>
    public void Overlap(string other) => overlaps.Add(other);

    /// <summary>Another fault begins: from here on requests are that one's.</summary>
    public void Close() => isClosed = true;

    /// <summary>A request has ended.</summary>
    public void Add(in LoadSample sample)
    {
        // One that was on its way when the fault began belongs to it: the fault was in its way.
        if (isClosed || sample.Ended < begun || sample.Outcome == RequestOutcome.Cancelled)
        {
            return;
        }

        last = Math.Max(last, sample.Due);
        var isAfter = undone >= 0 && sample.Due >= undone;
        (isAfter ? after : during).Add(sample);
        var isOther = sample.Outcome == RequestOutcome.Answered && sample.Class != original;
        if (sample.IsLost)
        {
            firstLost = firstLost < 0 ? sample.Due : Math.Min(firstLost, sample.Due);
            lastLost = Math.Max(lastLost, sample.Due);
            if (lostTraces.Count < FaultCost.MostTraces && sample.Trace != default)
            {
                lostTraces.Add(sample.Trace.ToString());
            }
        }
        else if (isOther && failover < 0 && IsRare(sample.Class))
        {
            failover = sample.Ended;
        }

        if (isAfter)
        {
            answersAsBefore |= sample.Outcome == RequestOutcome.Answered && sample.Class == original;
            ref var latest = ref sample.IsLost || (isOther && IsRare(sample.Class)) ? ref lastUnusual : ref lastUsual;
            latest = Math.Max(latest, sample.Due);
        }

        Look(sample);
    }

    /// <summary>What it has cost until now.</summary>
    /// <param name="distance">The mean distance between two requests of the whole load, in nanoseconds.</param>
    public FaultCost Cost(double distance)
    {
        var slowPart = parts.Where(static part => IsSlow(part.Value)).Select(static part => part.Key).Append(lastSlowPart).Max();
        return new FaultCost(
            fault,
            begun / 1e9,
            IsUndone ? undone / 1e9 : null,
            last / 1e9,
            firstLost < 0 ? null : Math.Max(0, firstLost - begun) / 1e6,
            firstLost < 0 ? null : (lastLost - firstLost + distance) / 1e6,
            failover < 0 ? null : (failover - begun) / 1e6,
            before.Answered.Count == 0 || during.Answered.Count + after.Answered.Count == 0 || (slowPart >= 0 && !IsQuickAfter(slowPart))
                ? null
                : slowPart < 0 ? 0 : Math.Max(0, ((slowPart + 1) * width) - begun) / 1e6,
            IsUndone && answersAsBefore && lastUsual > lastUnusual ? (lastUnusual < 0 ? 0 : (lastUnusual - undone) / 1e6) : null,
            during.Lost + after.Lost,
            slow,
            distance / 1e6,
            PhaseFigures.Of(before, names),
            PhaseFigures.Of(during, names),
            PhaseFigures.Of(after, names),
            PhaseComparison.Of(during, before),
            PhaseComparison.Of(after, before),
            [.. overlaps])
        {
            LostTraces = [.. lostTraces],
        };
    }

    private bool IsRare(int answerClass) => before.Count > 0 && original >= 0 && before.Counts[answerClass] <= before.Count * Rare;

    // A part is slow when more than half of its requests are, and more than one: one is slow in a hundred by itself.
    private void Look(in LoadSample sample)
    {
        if (usual == 0)
        {
            return;
        }

        var isSlow = sample.IsLost || sample.Latency > usual;
        slow += isSlow && !sample.IsLost ? 1 : 0;
        var place = sample.Due / width;
        var (late, all) = parts.GetValueOrDefault(place);
        parts[place] = (late + (isSlow ? 1 : 0), all + 1);

        while (parts.Count > MostParts)
        {
            var (oldest, counted) = parts.First();
            lastSlowPart = IsSlow(counted) ? Math.Max(lastSlowPart, oldest) : lastSlowPart;
            parts.Remove(oldest);
        }
    }

    // A part that is too short to be slow is none in which they were quick.
    private bool IsQuickAfter(long slowPart) => parts.Any(part => part.Key > slowPart && part.Value.Slow * 2 <= part.Value.All);

    private static bool IsSlow((int Slow, int All) part) => part.Slow >= LeastSlow && part.Slow * 2 > part.All;
}
