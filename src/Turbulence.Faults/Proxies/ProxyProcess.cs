using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Proxies;

/// <summary>The process with the proxies of a run, as the runner holds it.</summary>
/// <param name="process">The process.</param>
/// <param name="control">Asks its API.</param>
/// <param name="time">The clock.</param>
internal sealed class ProxyProcess(ChildProcess process, ProxyControl control, TimeProvider time) : IProxyProcess
{
    // It waits for connections to its API that somebody is just served on.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Uri Api => control.Api;

    /// <inheritdoc/>
    public string Token => control.Token;

    /// <inheritdoc/>
    public ProcessIdentity Identity { get; } = process.Identity;

    /// <inheritdoc/>
    public async Task<string?> FindLossAsync()
    {
        if (!process.HasEnded)
        {
            return await control.FindSilenceAsync() is { } silence ? $"their process {Identity.Id} {silence}" : null;
        }

        await Task.WhenAny(process.Exited);
        return $"their process {Identity.Id} {(process.Exited.IsCompletedSuccessfully ? process.Exited.Result.AsVerb() : "has ended")}";
    }

    /// <inheritdoc/>
    public async Task<string?> StopAsync()
    {
        control.Dispose();
        await process.TerminateGroupAsync(Grace, time);
        await process.DisposeAsync();
        return Identity.IsAlive ? $"process {Identity.Id} still runs after it was killed" : null;
    }
}
