using System.Text.Json.Nodes;

namespace Turbulence.Activities;

/// <summary>A provider was cancelled, and has measured something until then.</summary>
/// <param name="output">What it has measured.</param>
/// <param name="cancellationToken">The token that was cancelled.</param>
internal sealed class InterruptedActivityException(JsonNode output, CancellationToken cancellationToken)
    : OperationCanceledException(cancellationToken)
{
    /// <summary>What it has measured.</summary>
    public JsonNode Output => output;
}
