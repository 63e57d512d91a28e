using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Faults.Network;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Proxies;

/// <summary>The process with the proxies of a run, as the runner holds it.</summary>
/// <param name="process">The process.</param>
/// <param name="api">Where its API answers.</param>
/// <param name="token">What that wants to be shown.</param>
/// <param name="time">The clock.</param>
internal sealed class ServedProxies(ChildProcess process, Uri api, string token, TimeProvider time) : IProxyProcess
{
    private const string Warning = " WARNING] ";

    // It waits for connections to its API that somebody is just served on.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Uri Api => api;

    /// <inheritdoc/>
    public string Token => token;

    /// <inheritdoc/>
    public ProcessIdentity Identity { get; } = process.Identity;

    /// <inheritdoc/>
    public async Task<string?> FindLossAsync()
    {
        if (!process.HasEnded)
        {
            using var client = new ProxyApiClient(api, token, time);
            return await client.ProxiesAsync(CancellationToken.None) is { IsDone: false } reply
                ? $"their process {Identity.Id} {reply.Text}"
                : null;
        }

        await Task.WhenAny(process.Exited);
        return $"their process {Identity.Id} {(process.Exited.IsCompletedSuccessfully ? process.Exited.Result.AsVerb() : "has ended")}";
    }

    /// <summary>Makes them.</summary>
    /// <returns>Why one of them cannot be made, in one line; null where all listen.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> MakeAsync(IReadOnlyList<ServiceProxy> proxies, CancellationToken cancellationToken)
    {
        using var client = new ProxyApiClient(api, token, time);
        foreach (var proxy in proxies)
        {
            var reply = await client.CreateAsync(Json(proxy), cancellationToken);
            if (!reply.IsDone)
            {
                return $"the proxy '{proxy.Name}' cannot listen on {proxy.Listen}: {Holder(proxy) ?? $"its API {reply.Text}"}";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Complaints { get; private set; } = [];

    /// <summary>What its API is asked for.</summary>
    internal static JsonObject Json(ServiceProxy proxy) => new()
    {
        ["name"] = proxy.Name,
        ["listen"] = proxy.Listen,
        ["upstream"] = proxy.Upstream,
        ["protocol"] = proxy.IsUdp ? "udp" : "tcp",
    };

    /// <inheritdoc/>
    public async Task<string?> StopAsync()
    {
        await process.TerminateGroupAsync(Grace, time);
        if (process.Exited.IsCompletedSuccessfully)
        {
            Complaints = Warnings(await process.ReadOutputAsync(time));
        }

        await process.DisposeAsync();
        return Identity.IsAlive ? $"process {Identity.Id} still runs after it was killed" : null;
    }

    // Its lines begin with the time and the level.
    private static string[] Warnings(ProcessOutput output) =>
    [
        .. Encoding.UTF8.GetString(output.StandardError.Bytes.Span).Split('\n')
            .Select(static line => line.Split(Warning, 2)).Where(static parts => parts.Length == 2).Select(static parts => parts[1].Trim()),
    ];

    private string? Holder(ServiceProxy proxy) => PortHolder.WordsFor(proxy, Identity.Id) is { } holder ? $"{holder} has the port" : null;
}
