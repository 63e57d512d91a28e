using System.Text.Json.Nodes;

namespace Turbulence.Values.Vault;

/// <summary>What came of asking Vault.</summary>
/// <param name="Value">What it holds; null where it holds nothing.</param>
/// <param name="Failure">Why there is no answer, in one line without any credential; null when there is one.</param>
/// <param name="IsLogin">Whether the failure is that of the login, which every secret shares.</param>
internal readonly record struct VaultAnswer(JsonObject? Value, string? Failure = null, bool IsLogin = false);
