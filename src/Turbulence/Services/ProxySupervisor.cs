using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// Starts the fault proxies of the services before these, ends them after these, and sees whether they were there as long as the run.
/// </summary>
/// <param name="host">Starts them; null where nobody can.</param>
/// <param name="seed">What their decisions by chance come from.</param>
/// <param name="events">Told what becomes of them.</param>
/// <param name="environment">What the processes of the run start with.</param>
/// <param name="makeReceipts">Makes the file in which they write whom they hit; null comes where there is to be none.</param>
/// <param name="time">The clock.</param>
internal sealed class ProxySupervisor(
    IProxyHost? host, long seed, RunEvents events, RunEnvironment environment, Func<ReceiptFile?> makeReceipts, TimeProvider time)
{
    private ReceiptFile? receipts;
    private volatile IProxyProcess? process;

    /// <summary>The proxies of a service: as they are declared before they run, and with their API from then on.</summary>
    public IReadOnlyList<ServiceProxy> Of(ServiceDefinition service) => process is { } running
        ? [.. service.Proxies.Select(
            proxy => proxy with { Api = running.Api, Token = running.Token, Process = running.Identity, Receipts = receipts?.Name })]
        : service.Proxies;

    /// <summary>Starts those of all services. Nothing is started where one of them cannot be.</summary>
    /// <returns>Why they were not, in one line; null where they run, or there are none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left.</exception>
    public async Task<string?> StartAsync(IReadOnlyList<ServiceDefinition> services, CancellationToken cancellationToken)
    {
        ServiceProxy[] proxies = [.. services.SelectMany(static service => service.Proxies)];
        if (proxies.Length == 0)
        {
            return null;
        }

        if (services.FirstOrDefault(static service => service.Problem is not null) is { } broken)
        {
            return $"service '{broken.Name}' was not started: {broken.Problem}";
        }

        // Validation has seen it, where the values were known by then.
        if (ServiceProxyRules
            .Problems(services, [.. services.Select(static service => service.Name)])
            .FirstOrDefault() is { Service: not null } wrong)
        {
            return Failed($"service '{wrong.Service}': {wrong.Message}");
        }

        Tell(ServiceState.Starting, "");
        var begun = time.GetTimestamp();
        if (host is null)
        {
            return Failed("this program has none");
        }

        try
        {
            receipts = makeReceipts();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Failed($"what they hit cannot be kept beside the journal: {failure.Message}");
        }

        IProxyProcess? started = null;
        string? problem = null;
        try
        {
            (started, problem) = await host.StartAsync(proxies, seed, receipts?.Order, environment, cancellationToken);
        }
        finally
        {
            if (started is null)
            {
                EndReceipts();
            }
        }

        if (started is null)
        {
            return Failed(problem!);
        }

        process = started;
        Tell(
            ServiceState.Ready,
            $"{string.Join(", ", proxies.Select(static proxy => $"{proxy.Name} {proxy.Route}"))}; process {started.Identity.Id}, after {time.GetElapsedTime(begun).TotalSeconds:0.00} s");
        return null;
    }

    /// <summary>Looks whether they are there at the end of the run.</summary>
    /// <returns>Null where they are, or there are none; otherwise one line.</returns>
    public async Task<string?> FindLossAsync()
    {
        if (process is null || await process.FindLossAsync() is not { } loss)
        {
            return null;
        }

        Tell(ServiceState.Failed, loss);
        return $"the {ServiceChanged.FaultProxies} are not there at the end of the run: {loss}";
    }

    /// <summary>Ends them. Safe to call twice.</summary>
    /// <returns>Null when they are gone; otherwise what is left, in one line.</returns>
    public async Task<string?> StopAsync()
    {
        if (Interlocked.Exchange(ref process, null) is not { } running)
        {
            return null;
        }

        Tell(ServiceState.Stopping, "");
        var problem = await running.StopAsync();
        foreach (var complaint in running.Complaints)
        {
            events.Say(NoticeLevel.Warning, $"The {ServiceChanged.FaultProxies} say: {complaint}");
        }

        EndReceipts();
        Tell(problem is null ? ServiceState.Stopped : ServiceState.Failed, problem ?? "");
        return problem is null ? null : $"the {ServiceChanged.FaultProxies} could not be ended: {problem}";
    }

    private void EndReceipts()
    {
        if (receipts?.End(events.Mask) is { } missing)
        {
            events.Say(NoticeLevel.Warning, missing);
        }
    }

    private string Failed(string problem)
    {
        Tell(ServiceState.Failed, problem);
        return $"the {ServiceChanged.FaultProxies} were not started: {problem}";
    }

    private void Tell(ServiceState state, string detail) =>
        events.Publish(new ServiceChanged(events.Now, ServiceChanged.FaultProxies, state, detail));
}
