using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Activities;

/// <summary>
/// <c>python</c>: calls the function <c>func</c> of a Python <c>module</c> and returns what it returns. <c>arguments</c> are passed by
/// name; <c>secrets</c> lists the scopes that a parameter of that name gets, and a parameter <c>configuration</c> gets the configuration.
/// </summary>
/// <param name="host">The Python worker.</param>
public sealed class PythonProvider(WorkerHost host) : WorkerActivityProvider(
    host,
    new("module", "a Python activity must have a module path"),
    new("func", "a Python activity must have a function name"))
{
    /// <inheritdoc/>
    public override string Type => "python";
}
