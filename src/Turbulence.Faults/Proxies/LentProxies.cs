using Turbulence.Faults.Network;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Proxies;

/// <summary>A process with proxies that are made one after the other, and that ends with this one.</summary>
/// <param name="process">The process, which ends when its standard input does.</param>
/// <param name="api">Where its API answers.</param>
/// <param name="token">The file with what that wants to be shown, which the process removes at its end.</param>
/// <param name="time">The clock.</param>
internal sealed class LentProxies(ChildProcess process, Uri api, FileInfo token, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Where its API answers.</summary>
    public Uri Api => api;

    /// <summary>The file with what that wants to be shown.</summary>
    public string TokenFile => token.FullName;

    /// <summary>The process.</summary>
    public ProcessIdentity Identity => process.Identity;

    /// <summary>Ends when the process does, with how it did.</summary>
    public Task<string> EndedAsync() => process.Exited.ContinueWith(
        static exited => exited.IsCompletedSuccessfully ? exited.Result.AsVerb() : "has ended",
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>What its API wants to be shown.</summary>
    public string Token() => File.ReadAllText(token.FullName).Trim();

    /// <summary>Makes a proxy.</summary>
    /// <returns>Where it listens, or why it does not, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(string? Listen, string? Problem)> MakeAsync(ServiceProxy proxy, CancellationToken cancellationToken)
    {
        using var client = Client();
        var reply = await client.CreateAsync(ServedProxies.Json(proxy), cancellationToken);
        return reply.IsDone && AnswerJson.Text(reply.Body, "listen") is { } listen
            ? (listen, null)
            : (null, $"the proxy '{proxy.Name}' cannot listen on {proxy.Listen}: its API {reply.Text}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.TerminateGroupAsync(Grace, time);
        await process.DisposeAsync();
        token.Delete();
    }

    private ProxyApiClient Client() => new(api, Token(), time);
}
