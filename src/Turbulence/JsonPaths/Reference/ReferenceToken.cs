namespace Turbulence.JsonPaths.Reference;

/// <summary>A word of the dialect.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written; a text without its quotes, its escapes as they are.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct ReferenceToken(ReferenceTokenKind Kind, string Text, int Position);
