using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Connections;

/// <summary>
/// Carries requests to their servers and back; all of it goes on on the loop of the load. Disposing closes the connections that are left.
/// </summary>
internal interface IExchangeCarrier : IDisposable
{
    /// <summary>Carries one, now or when there is a connection for it. Its end is told to the <see cref="IExchangeOwner"/>, once.</summary>
    void Carry(LoadExchange exchange);

    /// <summary>Gives one up whose time is over, and tells nobody.</summary>
    /// <returns>What became of it: it timed out, or was never sent.</returns>
    RequestOutcome GiveUp(LoadExchange exchange);

    /// <summary>Gives all up, and tells nobody.</summary>
    /// <returns>Those that had not ended.</returns>
    IReadOnlyList<LoadExchange> GiveAllUp();
}
