namespace RandomNumbers.RequireRand;

/// <summary>How require_rand lives with servers that die, freeze, slow down or lie. Each setting has its unit, its default, and the reason
/// for it.</summary>
public sealed record ResilienceSettings
{
    /// <summary>
    /// How long one server may take for an answer, connecting included. Default 0.9 s: two servers that are asked one after the other have
    /// said no within the two seconds that users commonly wait, and a user who is told so can do something else.
    /// </summary>
    public TimeSpan ServerTimeLimit { get; init; } = TimeSpan.FromSeconds(0.9);

    /// <summary>
    /// After how long without an answer the next server is asked as well; the first answer counts. Default 150 ms: a hundred times what an
    /// answer usually takes, so that it is rare, and hardly noticed by a person. A server that is overtaken after that long counts as
    /// failed for its breaker, and a trial has to be faster.
    /// </summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// How many second requests each request pays for. Default 0.1: where every server is slow, hedging adds a tenth to their load and no
    /// more, since twice the load is what slow servers need least. Asking the next server because one has failed costs nothing: no server
    /// is asked twice.
    /// </summary>
    public double HedgeShare { get; init; } = 0.1;

    /// <summary>
    /// How many second requests can be saved up. Default 256: twice <see cref="UsersAtOnce"/>, so that everybody who waits for a server
    /// that froze is hedged until its breaker is open.
    /// </summary>
    public int HedgeBurst { get; init; } = 256;

    /// <summary>
    /// How far back the breaker of a server looks. Default 2 s: under 500 requests a second a server that froze is found out 0.2 s after
    /// its first late answer, and at one request a second there are two to judge by.
    /// </summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The share of failures at which a server is not asked any more. Default 0.1: its neighbour does the same work, so there is nothing to
    /// lose by going there.
    /// </summary>
    public double BreakerRatio { get; init; } = 0.1;

    /// <summary>The fewest requests in the window that say anything. Default 2, the least there is: one request may always have had bad
    /// luck.</summary>
    public int BreakerLeast { get; init; } = 2;

    /// <summary>
    /// How often a server that is not asked any more is tried, with a request of our own and not with a user's. Default 250 ms: it is in
    /// use again within half a second of its return, for four requests a second.
    /// </summary>
    public TimeSpan TrialEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many users are served at the same time. Default 128: five hundred a second need 75 while the primary is frozen, and one
    /// otherwise. Where the machine is too slow for all, more at once only make each of them late.
    /// </summary>
    public int UsersAtOnce { get; init; } = 128;

    /// <summary>
    /// How many more users wait for their turn, the newest first, and no longer than a server may take: who came last has the most time
    /// left. Default 512, a second of 500 a second; when there are more, the one who waited longest is told so.
    /// </summary>
    public int UsersWaiting { get; init; } = 512;

    /// <summary>
    /// How many requests one server has at the same time; the others wait for their turn, the newest first. Default 32: each is answered
    /// within a millisecond or so, and what a server has not been sent costs it nothing when it is called off.
    /// </summary>
    public int RequestsAtOnce { get; init; } = 32;

    /// <summary>
    /// How many requests are sent at the same time to a server that is not trusted, when there is nobody better. Default 8: an answer that
    /// is unlikely is better than none for sure, and as long as it may take, no user needs to wait for it to be told that there is none.
    /// </summary>
    public int LastResorts { get; init; } = 8;

    /// <summary>
    /// How often a request is sent to the same server once more because its connection ended before an answer. Default 1: kept connections
    /// die with their server, or when it is tired of them, and one that was just about to says nothing of the server.
    /// </summary>
    public int StaleRetries { get; init; } = 1;

    /// <summary>
    /// How often a request is sent to the same server once more whatever its failure was. Default 0: a server that fails because it has too
    /// much to do would have more, and the next one is there.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>How long a connection is used before a new one takes its place. Default 2 minutes: what a name stands for may change, and
    /// only new connections ask.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest answer that is read, in bytes. Default 64 KiB: a number needs fifty bytes, and an answer without end must not
    /// fill the memory.</summary>
    public int LargestAnswer { get; init; } = 64 * 1024;
}
