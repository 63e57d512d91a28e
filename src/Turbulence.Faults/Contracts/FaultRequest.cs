using System.Text.Json.Nodes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults.Contracts;

/// <summary>What an activity of the provider <c>fault</c> asks for, its placeholders replaced.</summary>
/// <param name="Id">The id that its record will have; what a kind starts or creates is named for it, so that it can be found again.</param>
/// <param name="Arguments"><c>provider.arguments</c>.</param>
/// <param name="BaseDirectory">The experiment's folder, where relative paths begin.</param>
public sealed record FaultRequest(string Id, JsonObject Arguments, string BaseDirectory)
{
    /// <summary>How many things may be hit: <c>provider.max_targets</c>. Default: 1.</summary>
    public int MaxTargets { get; init; } = 1;

    /// <summary>How long it stays: <c>provider.duration</c>. Default, null: to the end of the run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Takes the secrets of the run out of what is said of targets. Default: nothing is masked.</summary>
    public SecretMask Mask { get; init; } = SecretMask.None;

    /// <summary>
    /// The services of the experiment by name: the port of the URL that says when it is ready, and its process where this run started it.
    /// </summary>
    public IReadOnlyDictionary<string, ServiceLocation> Services { get; init; } = new Dictionary<string, ServiceLocation>();

    /// <summary>The fault proxies of each service, by its name.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>> Proxies =>
        Services.ToDictionary(service => service.Key, service => service.Value.Proxies);
}
