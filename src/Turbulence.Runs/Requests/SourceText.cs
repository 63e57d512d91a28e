using System.Text.Json.Nodes;

namespace Turbulence.Runs.Requests;

/// <summary>The text of an experiment, to show the place of a problem in it.</summary>
/// <param name="Text">The text, UTF-8.</param>
/// <param name="Document">What was read of it; null where it could not be read.</param>
public sealed record SourceText(ReadOnlyMemory<byte> Text, JsonObject? Document);
