namespace Turbulence.Services;

/// <summary>
/// Decides whether a service that is there already is used. Only what is recognisably what <c>run</c> starts is, or anything where the
/// service says <c>"adopt": "any"</c>: a run against a stranger on the same port says nothing about the system. Only by <c>ready.url</c>
/// and <c>ready.tcp</c> can it be found out who is there, so with another way nothing is looked for. One without <c>run</c> has to be
/// there.
/// </summary>
internal sealed class ServiceAdoption(ServiceReadiness readiness, TimeProvider time)
{
    /// <summary>Looks for the service.</summary>
    /// <returns>Who is there, in words, or why nothing can be started beside it; neither when nobody is there.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(string? Adopted, string? Problem)> LookAsync(ServiceDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Ready is not { Port: { } port } condition)
        {
            return default;
        }

        if (definition.RunsAlready)
        {
            return await NotReadyAsync(definition, condition, cancellationToken) is { } missing
                ? (null, $"it is not there: {condition.Place}: {missing}; it has no run entry, so that the run does not start it")
                : (PortHolder.Find(definition)?.Words ?? "somebody", null);
        }

        var holder = PortHolder.Find(definition);
        if (holder is null || condition.LocalPort is null)
        {
            // Another machine answers there, or this one does not tell who listens.
            if (await condition.AskAsync(readiness, null, cancellationToken) is not null)
            {
                return default;
            }

            holder ??= new PortHolder("somebody that this machine does not know", IsRecognised: false);
        }

        if (!holder.IsRecognised && !definition.AdoptsAnything)
        {
            return (null, $"{holder.Words} has its port {port} and is not what run starts ({string.Join(' ', definition.Run)}); "
                + "end it, or let the run use it with \"adopt\": \"any\"");
        }

        return await NotReadyAsync(definition, condition, cancellationToken) is { } answer
            ? (null, $"{holder.Words} has its port {port} and does not get ready: {answer}")
            : (holder.Words, null);
    }

    // It may have been started a moment ago.
    private async Task<string?> NotReadyAsync(ServiceDefinition definition, ReadyCondition condition, CancellationToken cancellationToken)
    {
        var answer = condition.NoAnswer;
        using var limit = new ReadinessLimit(definition.ReadyTimeout, time, cancellationToken);
        try
        {
            await readiness.WaitAsync(condition, null, last => answer = last, limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return answer;
        }
    }
}
