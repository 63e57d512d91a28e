using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Activities;

/// <summary>
/// <c>dotnet</c>: calls the public static <c>method</c> of a <c>class</c> in an <c>assembly</c> (a name, or a file relative to the
/// experiment) and returns what it returns. <c>arguments</c> are bound to parameters by name; <c>secrets</c> lists the scopes that the
/// method may see.
/// </summary>
/// <param name="host">The .NET worker.</param>
public sealed class DotNetProvider(WorkerHost host) : WorkerActivityProvider(
    host,
    new("assembly", "a .NET activity must have an assembly"),
    new("class", "a .NET activity must have a class"),
    new("method", "a .NET activity must have a method name"))
{
    /// <inheritdoc/>
    public override string Type => "dotnet";
}
