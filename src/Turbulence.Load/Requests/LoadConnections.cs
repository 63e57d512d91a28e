namespace Turbulence.Load.Requests;

/// <summary>How a load uses connections.</summary>
/// <param name="FreshShare">
/// Which share of the requests has a connection of its own, 0 to 1: 0 uses connections again as programs with a pool do, which hides that
/// new ones are refused; 1 is for clients who come once.
/// </param>
/// <param name="Most">
/// How many there may be at the same time. A request that finds all of them waiting for answers waits for one, and is never sent where its
/// time limit is over before.
/// </param>
public sealed record LoadConnections(double FreshShare = 0, int Most = LoadConnections.DefaultMost)
{
    /// <summary>How many there may be unless somebody says otherwise.</summary>
    public const int DefaultMost = 1000;

    /// <summary>Connections are used again.</summary>
    public static LoadConnections Kept { get; } = new();

    /// <summary>Each request has its own.</summary>
    public static LoadConnections Fresh { get; } = new(1);
}
