using Turbulence.Load.Comparisons;

namespace Turbulence.Load.Meters;

/// <summary>
/// What a fault cost the users, by the requests alone. Each time is known to one distance between two requests, <paramref
/// name="SamplingMilliseconds"/>.
/// </summary>
/// <param name="Fault">The fault's id.</param>
/// <param name="Begun">When it was put in, in seconds from the beginning of the load.</param>
/// <param name="Ended">When it had been taken back; null while it is in.</param>
/// <param name="Until">When the last request was due that counts as its, in seconds from the beginning of the load.</param>
/// <param name="FirstErrorMilliseconds">
/// From its beginning until the first request was due that was lost, 0 for one that was on its way; null for none.
/// </param>
/// <param name="ErrorWindowMilliseconds">
/// From when that one was due until the next one after the last that was lost would be: one distance for one alone; null for none.
/// </param>
/// <param name="FailoverMilliseconds">
/// From its beginning until somebody else had answered than before; null where nobody else did, or where both answered before.
/// </param>
/// <param name="SlowMilliseconds">
/// From its beginning until requests took no longer than before again, to a tenth of a second or five distances between two requests; null
/// where they never did, 0 where they always did.
/// </param>
/// <param name="RecoveredMilliseconds">
/// From its end until the last request was due that was lost or answered by somebody else than before, 0 for none; null where it is not
/// over yet, or nobody answered after it as before.
/// </param>
/// <param name="Lost">How many requests were lost that were on their way or due from its beginning to the next fault's.</param>
/// <param name="Slow">
/// How many of those that were answered took longer than 99 in 100 had before it, and than the usual accuracy of a clock.
/// </param>
/// <param name="SamplingMilliseconds">The mean distance between two requests.</param>
/// <param name="Before">The requests before it, while no fault was in.</param>
/// <param name="During">Those that were due while it was in.</param>
/// <param name="After">Those that were due after it, up to the next fault.</param>
/// <param name="DuringAgainstBefore">What the figures while it was in are more than those before it.</param>
/// <param name="AfterAgainstBefore">What those after it are more than those before it.</param>
/// <param name="Overlaps">The faults that were in at the same time: what is told of one is what all of them cost.</param>
public sealed record FaultCost(
    string Fault,
    double Begun,
    double? Ended,
    double Until,
    double? FirstErrorMilliseconds,
    double? ErrorWindowMilliseconds,
    double? FailoverMilliseconds,
    double? SlowMilliseconds,
    double? RecoveredMilliseconds,
    long Lost,
    long Slow,
    double SamplingMilliseconds,
    PhaseFigures Before,
    PhaseFigures During,
    PhaseFigures After,
    IReadOnlyList<PhaseDifference> DuringAgainstBefore,
    IReadOnlyList<PhaseDifference> AfterAgainstBefore,
    IReadOnlyList<string> Overlaps)
{
    /// <summary>How many of its lost requests are named at most.</summary>
    public const int MostTraces = 16;

    /// <summary>
    /// The first of its lost requests that were sent, each as its <c>traceparent</c> (W3C Trace Context), so that it is found among the
    /// traces of the services. Default: none.
    /// </summary>
    public IReadOnlyList<string> LostTraces { get; init; } = [];
}
