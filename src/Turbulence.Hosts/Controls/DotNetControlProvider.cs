using Turbulence.Controls;
using Turbulence.Experiments;
using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Controls;

/// <summary>
/// <c>dotnet</c>: calls the hook methods of a <c>class</c> in an <c>assembly</c>, those that it has, with <c>arguments</c> by name.
/// A hook may take <c>timeout</c> seconds; default 60.
/// </summary>
/// <param name="host">The .NET worker.</param>
public sealed class DotNetControlProvider(WorkerHost host) : IControlProvider, IDisposable
{
    private readonly WorkerControls controls = new(host, new("assembly", "must have an assembly"), new("class", "must have a class"));

    /// <inheritdoc/>
    public string Type => "dotnet";

    /// <inheritdoc/>
    public ValueTask PrepareAsync(IReadOnlyList<ControlDeclaration> controls, CancellationToken cancellationToken) =>
        this.controls.PrepareAsync(controls, cancellationToken);

    /// <inheritdoc/>
    public void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems) => controls.Validate(control, path, problems);

    /// <inheritdoc/>
    public ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        controls.ConfigureAsync(setup, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken) => controls.CallAsync(call, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        controls.CleanupAsync(setup, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => controls.Dispose();
}
