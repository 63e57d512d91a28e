using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Controls;

/// <summary>
/// <c>dotnet</c>: calls the hook methods of a <c>class</c> in an <c>assembly</c>, those that it has, with <c>arguments</c> by name.
/// A hook may take <c>timeout</c> seconds; default 60.
/// </summary>
/// <param name="host">The .NET worker.</param>
public sealed class DotNetControlProvider(WorkerHost host) : WorkerControlProvider(
    host,
    new("assembly", "must have an assembly"),
    new("class", "must have a class"))
{
    /// <inheritdoc/>
    public override string Type => "dotnet";
}
