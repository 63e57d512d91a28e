using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.References;

/// <summary>What a resource is started with, as far as it is known before anything is: nothing of it is resolved.</summary>
internal static class CallerReferences
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Finds the endpoints of others whose addresses a resource is given.</summary>
    /// <param name="caller">The resource.</param>
    /// <param name="execution">How the AppHost is run.</param>
    /// <param name="time">Measures how long its callbacks may take: one may wait for what is there only later.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The endpoints, each once; and why they may not be all, in one line, or null.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<(IReadOnlyList<EndpointReference> Endpoints, string? Problem)> FindAsync(
        IResource caller, DistributedApplicationExecutionContext execution, TimeProvider time, CancellationToken cancellationToken)
    {
        Dictionary<string, object> variables = [];
        List<object> arguments = [];
        string? problem = null;
        try
        {
            await GatherAsync(caller, execution, variables, arguments, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            problem = $"what {caller.Name} is started with was not known after {Patience.TotalSeconds} s";
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            problem = $"what {caller.Name} is started with cannot be looked at: {failure.Message}";
        }

        // Who goes on gathering after his time may still write there.
        EndpointReference[] found = problem is null ? [.. variables.Values.Concat(arguments).SelectMany(EndpointsInValue.Find)] : [];
        return ([.. found
            .Where(endpoint => endpoint.Resource.Name != caller.Name)
            .DistinctBy(static endpoint => (endpoint.Resource.Name, endpoint.EndpointName))], problem);
    }

    private static async Task GatherAsync(
        IResource caller,
        DistributedApplicationExecutionContext execution,
        Dictionary<string, object> variables,
        List<object> arguments,
        CancellationToken cancellationToken)
    {
        var environment = new EnvironmentCallbackContext(execution, caller, variables, cancellationToken);
        foreach (var annotation in caller.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(environment);
        }

        var line = new CommandLineArgsCallbackContext(arguments, caller, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in caller.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(line);
        }
    }
}
