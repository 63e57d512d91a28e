using Turbulence.Hosts.Activities;
using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Controls;

/// <summary>
/// <c>python</c>: calls the hook functions of a Python <c>module</c> (<c>before_activity_control</c> and so on), those that it has, with
/// <c>arguments</c> by name. A hook may take <c>timeout</c> seconds; default 60.
/// </summary>
/// <param name="host">The Python worker.</param>
public sealed class PythonControlProvider(WorkerHost host) : WorkerControlProvider(
    host,
    new RequiredText("module", "must have a module path"))
{
    /// <inheritdoc/>
    public override string Type => "python";
}
