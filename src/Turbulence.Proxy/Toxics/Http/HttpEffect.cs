using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>What a toxic does to a request that it hits, or to its answer. It keeps nothing of a connection.</summary>
internal abstract class HttpEffect
{
    /// <summary>
    /// Whether the upstream never hears of the request. Then <see cref="Answer(HttpAnswers, in HttpExchange)"/> is called when its turn has
    /// come.
    /// </summary>
    public virtual bool Swallows => false;

    /// <summary>Whether that is as soon as the request has begun, and not when all of it was read.</summary>
    public virtual bool IsAtOnce => false;

    /// <summary>How many milliseconds later the request, and all behind it, goes on.</summary>
    /// <param name="chance">From 0 to below 1; the request's own.</param>
    public virtual double RequestDelay(double chance) => 0;

    /// <summary>How many milliseconds later the answer, and all behind it, goes on.</summary>
    /// <param name="chance">From 0 to below 1; the request's own.</param>
    public virtual double AnswerDelay(double chance) => 0;

    /// <summary>Passes the request on, or something else.</summary>
    /// <param name="requests">Where it goes on.</param>
    /// <param name="head">Its head.</param>
    /// <param name="decision">The number that it alone has.</param>
    public virtual void Request(HttpRequests requests, in Packet head, ulong decision) => requests.Pass(head);

    /// <summary>Answers a request of which the upstream did not hear.</summary>
    public virtual void Answer(HttpAnswers answers, in HttpExchange exchange) => throw new NotSupportedException();

    /// <summary>Passes the upstream's answer on, or does something else.</summary>
    /// <param name="answers">Where it goes on.</param>
    /// <param name="head">Its head.</param>
    /// <param name="read">What that says.</param>
    public virtual void Answer(HttpAnswers answers, in Packet head, in HttpHead read) => answers.Pass(head);
}
