namespace RandomNumbers.RequireRand;

/// <summary>Ordinary mistakes, to be made on purpose: what an outage of one server becomes with each is seen by whoever sends load
/// meanwhile.</summary>
public static class Mistakes
{
    private const int NoLimit = 100_000;

    private static readonly TimeSpan Forever = TimeSpan.FromDays(1); // the longest that Polly takes

    private static readonly Dictionary<string, Func<ResilienceSettings, ResilienceSettings>> Changes = new()
    {
        // Whoever has asked a server waits for it.
        ["no-time-limit"] = static settings => settings with
        {
            ServerTimeLimit = Forever,
            HedgeAfter = Forever,
            UsersAtOnce = NoLimit,
            RequestsAtOnce = NoLimit,
        },

        // Retries at once, of whatever failed, instead of another server: users have left before the last one is over, and the server has
        // four times the load.
        ["retry-storm"] = static settings => settings with
        {
            Retries = 3,
            HedgeAfter = Forever,
            BreakerLeast = int.MaxValue,
            UsersAtOnce = NoLimit,
            RequestsAtOnce = NoLimit,
        },

        // Every request finds out for itself that the server does not answer.
        ["no-breaker"] = static settings => settings with { BreakerLeast = int.MaxValue },

        // One connection to each server: a request waits for all that came before it.
        ["pool-of-one"] = static settings => settings with { RequestsAtOnce = 1 },
    };

    /// <summary>What can be made.</summary>
    public static IReadOnlyCollection<string> Names => Changes.Keys;

    /// <summary>The settings with a mistake in them; null where nobody knows it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">The settings without it.</param>
    public static ResilienceSettings? Make(string name, ResilienceSettings settings) => Changes.GetValueOrDefault(name)?.Invoke(settings);
}
