namespace Turbulence.Services;

/// <summary>
/// Decides whether a service that is there already is used. Only what is recognisably what <c>run</c> starts is, or anything where the service says
/// <c>"adopt": "any"</c>: a run against a stranger on the same port says nothing about the system.
/// </summary>
internal sealed class ServiceAdoption(ServiceReadiness readiness, TimeProvider time)
{
    /// <summary>Looks for the service.</summary>
    /// <returns>Who is there, in words, or why nothing can be started beside it; neither when nobody is there.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(string? Adopted, string? Problem)> LookAsync(ServiceDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.ReadyUrl is not { } url)
        {
            return default;
        }

        var holder = PortHolder.Find(definition);
        if (holder is null || !url.IsLoopback)
        {
            // Another machine answers there, or this one does not tell who listens.
            if (await readiness.AskAsync(url, cancellationToken) is not null)
            {
                return default;
            }

            holder ??= new PortHolder("somebody that this machine does not know", IsRecognised: false);
        }

        if (!holder.IsRecognised && !definition.AdoptsAnything)
        {
            return (null, $"{holder.Words} has its port {url.Port} and is not what run starts ({string.Join(' ', definition.Run)}); "
                + "end it, or let the run use it with \"adopt\": \"any\"");
        }

        return await NotReadyAsync(definition, url, cancellationToken) is { } answer
            ? (null, $"{holder.Words} has its port {url.Port} and does not get ready: {answer}")
            : (holder.Words, null);
    }

    // It may have been started a moment ago.
    private async Task<string?> NotReadyAsync(ServiceDefinition definition, Uri url, CancellationToken cancellationToken)
    {
        var answer = "it was not asked";
        using var limit = new CancellationTokenSource(definition.ReadyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await readiness.WaitAsync(url, last => answer = last, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return answer;
        }
    }
}
