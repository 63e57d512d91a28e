using System.Text.Json;
using Turbulence.DotNetWorker.Assemblies;
using Turbulence.DotNetWorker.Calls;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>The requests that user code is loaded for.</summary>
/// <param name="directory">The experiment's folder.</param>
/// <param name="messages">Where lines for people go.</param>
internal sealed class RequestTable(string? directory, MessageWriter messages)
{
    private readonly MethodLibrary methods = new(new AssemblyCatalog(directory));

    /// <summary>Whether there is such a request.</summary>
    public static bool Knows(string method) => method is "run";

    /// <summary>Carries one out.</summary>
    /// <param name="method">One that is known.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Cancelled when it has to end.</param>
    /// <param name="pending">The outcome where it has not ended when this returns.</param>
    /// <returns>Writes the result where it has ended.</returns>
    public Action<Utf8JsonWriter>? CarryOut(string method, JsonElement parameters, CancellationToken cancellationToken, out Task<Outcome>? pending)
    {
        var outcome = new ActivityCall(methods, messages).Run(parameters, cancellationToken, out pending);
        return outcome is null ? null : outcome.WriteTo;
    }
}
