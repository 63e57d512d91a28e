using System.Text.Json.Nodes;

namespace Turbulence.Controls;

/// <summary>What a control is handed when it is configured before the run, and when it is cleaned up after it.</summary>
/// <param name="control">The control.</param>
/// <param name="isGlobal">Whether it comes from the settings or a control file, and not from the experiment.</param>
/// <param name="scene">What all hooks of the run share.</param>
public sealed class ControlSetup(ControlDeclaration control, bool isGlobal, ControlScene scene)
{
    /// <summary>The control.</summary>
    public ControlDeclaration Control { get; } = control;

    /// <summary>Whether it comes from the settings or a control file, and not from the experiment.</summary>
    public bool IsGlobal { get; } = isGlobal;

    /// <summary>What all hooks of the run share.</summary>
    public ControlScene Scene { get; } = scene;

    /// <summary>The settings, which only a global control is handed; null otherwise, as in the reference.</summary>
    public JsonObject? Settings { get; } = isGlobal ? scene.Settings : null;
}
