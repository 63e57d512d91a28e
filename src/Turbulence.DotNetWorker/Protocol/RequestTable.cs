using System.Text.Json;
using Turbulence.DotNetWorker.Assemblies;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Controls;
using Turbulence.DotNetWorker.Discovery;
using Turbulence.DotNetWorker.Validation;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>The requests that user code is loaded for.</summary>
internal sealed class RequestTable
{
    private readonly ActivityCall activities;
    private readonly Lazy<HookCall> hooks;
    private readonly Lazy<ValidationRequest> validation;
    private readonly Lazy<DiscoveryRequest> discovery;

    /// <summary>Prepares for requests.</summary>
    /// <param name="directory">The experiment's folder.</param>
    /// <param name="messages">Where lines for people go.</param>
    public RequestTable(string? directory, MessageWriter messages)
    {
        var assemblies = new AssemblyCatalog(directory);
        var methods = new MethodLibrary(assemblies);
        var controls = new Lazy<ControlLibrary>(() => new(assemblies, methods));
        activities = new(methods, messages);
        hooks = new(() => new(controls.Value, messages));
        validation = new(() => new(new(methods), new(controls.Value, hooks.Value)));
        discovery = new(() => new(assemblies, messages));
    }

    /// <summary>Whether there is such a request.</summary>
    public static bool Knows(string method) => method is "run" or "validate" or "configure" or "hook" or "cleanup" or "describe";

    /// <summary>Carries one out.</summary>
    /// <param name="method">One that is known.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Cancelled when it has to end.</param>
    /// <param name="pending">Writes the result where it has not ended when this returns.</param>
    /// <returns>Writes the result where it has ended.</returns>
    public Action<Utf8JsonWriter>? CarryOut(
        string method,
        JsonElement parameters,
        CancellationToken cancellationToken,
        out Task<Action<Utf8JsonWriter>>? pending)
    {
        pending = null;
        if (method == "run")
        {
            if (activities.Run(parameters, cancellationToken, out var unfinished) is { } outcome)
            {
                return outcome.WriteTo;
            }

            pending = WriterOfAsync(unfinished!);
            return null;
        }

        pending = method switch
        {
            "validate" => validation.Value.CarryOutAsync(parameters, cancellationToken),
            "describe" => Task.FromResult(discovery.Value.CarryOut(parameters)),
            _ => WriterOfAsync(hooks.Value.CallAsync(parameters, cancellationToken)),
        };
        return null;
    }

    private static async Task<Action<Utf8JsonWriter>> WriterOfAsync(Task<Outcome> outcome) => (await outcome).WriteTo;
}
