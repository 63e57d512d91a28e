using System.Text.Json.Nodes;
using Turbulence.Journals;

namespace Turbulence.Controls;

/// <summary>What a run is handed for its controls.</summary>
/// <param name="Providers">Who carries controls out.</param>
public sealed record RunControls(ControlProviders Providers)
{
    /// <summary>Nobody to carry controls out: those of the experiment are ignored.</summary>
    public static RunControls None { get; } = new(ControlProviders.None);

    /// <summary>The global controls: those of the settings in their order, then those of the control files. Default: none.</summary>
    public IReadOnlyList<ControlDeclaration> Global { get; init; } = [];

    /// <summary>The settings file's content, which controls are handed. Default: null, for none.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>Where the run's journal can be read and changed. Default: null, in a run without one.</summary>
    public IJournalSource? Journal { get; init; }
}
