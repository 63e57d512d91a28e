using System.Text.Json.Nodes;

namespace Turbulence.Controls;

/// <summary>One passage through one level: what it is about, and the controls that stand around it.</summary>
/// <param name="Level">The level.</param>
/// <param name="Subject">The live object that it is about.</param>
/// <param name="Controls">The controls, in the order of the before-hooks.</param>
internal readonly record struct ControlRound(ControlLevel Level, JsonNode Subject, IReadOnlyList<ControlDeclaration> Controls)
{
    /// <summary>True where no control stands around it.</summary>
    public bool IsEmpty => Controls.Count == 0;
}
