using System.Text.Json.Nodes;
using Turbulence.Runs.Building;

namespace Turbulence.Runs.Scopes;

/// <summary>What is put in for a scope.</summary>
/// <param name="Kind">Its kind, as <c>chaos faults kinds</c> lists them.</param>
/// <param name="Arguments">The arguments of the kind.</param>
public sealed record ScopedFault(string Kind, JsonObject Arguments)
{
    /// <summary>What its run is called. Default: its kind.</summary>
    public string Title { get; init; } = Kind;

    /// <summary>What the fault is called. Default: its kind.</summary>
    public string Name { get; init; } = Kind;

    /// <summary>
    /// When it is taken back by itself, seconds to hours; it is then gone before the scope ends. Default: null, at the end of the scope.
    /// </summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What has to be known where it had no effect, in one line that an exception ends with. Default: nothing.</summary>
    public string? Hint { get; init; }

    /// <summary>Says more of its activity, as a file would: <c>max_targets</c> of its provider, for example. Default: nothing.</summary>
    public Action<ActivityBuilder>? Shape { get; init; }
}
