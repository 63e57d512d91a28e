using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Connections;

/// <summary>Accounts for each request that is carried.</summary>
internal interface IExchangeOwner
{
    /// <summary>One has ended.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="answerClass">The place of the answer's class, where it was answered.</param>
    /// <param name="ended">When, in the loop's ticks.</param>
    void Record(LoadExchange exchange, RequestOutcome outcome, int answerClass, long ended);

    /// <summary>It is not needed any more, and may be used for another one.</summary>
    void Release(LoadExchange exchange);

    /// <summary>The system has no more of something that connections need.</summary>
    void RunShort(string what);
}
