using System.Text.Json.Nodes;

namespace Turbulence.Controls;

/// <summary>
/// The objects that a hook changed, each as a whole; null for one that it left alone. Only the difference to the copy that
/// the hook was handed is written back: what others changed meanwhile stays, and what stays equal keeps its identity, so an
/// activity that is put into the method's list is played.
/// </summary>
public sealed record ControlChanges
{
    /// <summary>
    /// <see cref="ControlCall.Context"/>. Ignored where <see cref="Experiment"/> is given and holds the context, so that no
    /// change counts twice.
    /// </summary>
    public JsonNode? Context { get; init; }

    /// <summary><see cref="ControlCall.State"/>.</summary>
    public JsonNode? State { get; init; }

    /// <summary><see cref="ControlCall.Experiment"/>.</summary>
    public JsonObject? Experiment { get; init; }

    /// <summary><see cref="ControlCall.Configuration"/>.</summary>
    public JsonObject? Configuration { get; init; }

    /// <summary><see cref="ControlCall.Secrets"/>. What it adds is masked from then on; what it takes away still is.</summary>
    public JsonObject? Secrets { get; init; }
}
