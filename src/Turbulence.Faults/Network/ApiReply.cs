using System.Text.Json;

namespace Turbulence.Faults.Network;

/// <summary>What came of asking the API of proxies.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Text">The same for people, in words that follow the API's address; empty where it was done.</param>
internal readonly record struct ApiReply(ApiOutcome Outcome, string Text)
{
    /// <summary>The answer's object, where there is one.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The answer's status; 0 where there is none.</summary>
    public int Status { get; init; }

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Outcome == ApiOutcome.Done;
}
