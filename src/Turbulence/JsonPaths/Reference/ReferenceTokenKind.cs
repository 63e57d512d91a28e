namespace Turbulence.JsonPaths.Reference;

/// <summary>The kinds of words of the dialect.</summary>
internal enum ReferenceTokenKind
{
    /// <summary>Signs, and the names that may not be keys: and, or, not, contains, true, false, null.</summary>
    Sign,
    Name,
    Text,
    Number,
    End,
}
