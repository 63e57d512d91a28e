using System.Text.Json.Nodes;

namespace Turbulence.Cli.Wizard.Discoveries;

/// <summary>One argument of a discovered activity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its portable type (section 13); null where none was declared.</param>
/// <param name="IsRequired">Whether it has no default.</param>
/// <param name="Default">Its default; null for none, and for a default that is null.</param>
internal sealed record DiscoveredArgument(string Name, string? Type, bool IsRequired, JsonNode? Default);
