using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>The warning about a member whose name the same object has had before.</summary>
internal static class DuplicateName
{
    public static Problem Warning(DocumentPath path, SourcePosition position, string name) => new(
        path.ToString(),
        position,
        $"the name \"{name}\" stands more than once in this object; the last one counts",
        ProblemSeverity.Warning);
}
