namespace Turbulence.Activities;

/// <summary>
/// Knows which trace each activity belongs to, so that what it asks of others can be found there: an observer of the run that makes spans
/// of its events.
/// </summary>
public interface ITraceSource
{
    /// <summary>
    /// The trace and the span of an activity that has been told as started, as <c>traceparent</c> writes them (W3C Trace Context).
    /// Thread-safe.
    /// </summary>
    /// <param name="activity">The activity's number.</param>
    /// <returns>Null where no request is to name one.</returns>
    string? ParentFor(long activity);
}
