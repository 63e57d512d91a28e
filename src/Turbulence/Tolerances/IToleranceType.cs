using System.Text.Json.Nodes;

namespace Turbulence.Tolerances;

/// <summary>A tolerance that is a map: one value of its key <c>type</c>.</summary>
internal interface IToleranceType
{
    /// <summary>The value of <c>type</c> that names it.</summary>
    string Type { get; }

    /// <summary>Adds every problem of the tolerance.</summary>
    /// <param name="declaration">The tolerance.</param>
    /// <param name="validation">Where it stands and where the problems go.</param>
    void Validate(JsonObject declaration, ToleranceValidation validation);

    /// <summary>Holds the output against the tolerance.</summary>
    /// <param name="declaration">The tolerance; it is not changed.</param>
    /// <param name="check">The output and what else is needed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ToleranceOutcome> EvaluateAsync(JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken);
}
