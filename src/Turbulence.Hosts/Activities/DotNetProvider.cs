using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Activities;

/// <summary>
/// <c>dotnet</c>: calls the public static <c>method</c> of a <c>class</c> in an <c>assembly</c> (a name, or a file relative to the experiment) and
/// returns what it returns. <c>arguments</c> are bound to parameters by name; <c>secrets</c> lists the scopes that the method may see.
/// </summary>
/// <param name="host">The .NET worker.</param>
public sealed class DotNetProvider(WorkerHost host) : IActivityProvider
{
    private readonly WorkerActivities activities = new(
        host,
        new("assembly", "a .NET activity must have an assembly"),
        new("class", "a .NET activity must have a class"),
        new("method", "a .NET activity must have a method name"));

    /// <inheritdoc/>
    public string Type => "dotnet";

    /// <inheritdoc/>
    public ValueTask PrepareAsync(IReadOnlyList<Activity> activities, CancellationToken cancellationToken) =>
        this.activities.PrepareAsync(activities, cancellationToken);

    /// <inheritdoc/>
    public void Validate(Activity activity, DocumentPath path, ProblemList problems) => activities.Validate(activity, path, problems);

    /// <inheritdoc/>
    public ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken) => activities.RunAsync(call, cancellationToken);
}
