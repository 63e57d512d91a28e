using System.Diagnostics;
using System.Globalization;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.gc</c>: collections of all generations that stop every thread, one after the other, with so much time between them that the
/// pauses take their share of it.
/// </summary>
internal sealed class CollectionFault(Spec spec) : IInnerFault
{
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim over = new();
    private readonly double share = spec.Number("share") ?? 0.2;
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan pausedBefore = GC.GetTotalPauseDuration();
    private long collections;

    public void Begin() => GuestThread.Start("gc", Collect);

    public Sight Look()
    {
        var paused = GC.GetTotalPauseDuration() - pausedBefore;
        var time = Stopwatch.GetElapsedTime(begun);
        var made = Interlocked.Read(ref collections);
        return new Sight(made > 0, string.Create(
            CultureInfo.InvariantCulture,
            $"{made} blocking collections; all threads stood still for {paused.TotalMilliseconds:0} ms of {time.TotalMilliseconds:0} ms ({paused / time:0.0 %})"));
    }

    public void End() => over.Set();

    private void Collect()
    {
        var owed = TimeSpan.Zero;
        while (!over.IsSet)
        {
            var before = GC.GetTotalPauseDuration();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Interlocked.Increment(ref collections);
            var pause = GC.GetTotalPauseDuration() - before;

            // A small heap is collected in less than the shortest time that can be waited, which would be none.
            owed += pause * (1 - share) / share;
            if (owed >= ShortestRest)
            {
                over.Wait(owed < LongestRest ? owed : LongestRest);
                owed = TimeSpan.Zero;
            }
        }
    }
}
