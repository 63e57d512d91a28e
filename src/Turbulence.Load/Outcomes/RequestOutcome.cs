namespace Turbulence.Load.Outcomes;

/// <summary>What becomes of a request; each ends in exactly one of these.</summary>
public enum RequestOutcome
{
    /// <summary><c>ok</c>, or the name of the answer's class: it was answered as expected, and in time.</summary>
    Answered,

    /// <summary><c>error_status</c>: the answer's status is none of those that are expected.</summary>
    ErrorStatus,

    /// <summary>
    /// <c>wrong_answer</c>: the status is expected, but what was to be in the answer is not; or the answer is no HTTP/1.1 that can mean
    /// only one thing.
    /// </summary>
    WrongAnswer,

    /// <summary>
    /// <c>refused</c>: no connection came about: it was refused, or there is no way to the address, or nobody knows the name.
    /// </summary>
    Refused,

    /// <summary><c>reset</c>: the connection ended, by a reset or orderly, before the answer was whole.</summary>
    Reset,

    /// <summary>
    /// <c>timed_out</c>: the answer was not whole when the time limit was over, counted from the moment at which the request was due.
    /// </summary>
    TimedOut,

    /// <summary>
    /// <c>never_sent</c>: the time limit was over before there was a connection to send it on, because all that there may be were waiting
    /// for answers.
    /// </summary>
    NeverSent,

    /// <summary><c>cancelled</c>: the load was ended before; nobody knows what would have become of it.</summary>
    Cancelled,
}
