using Turbulence.Documents;

namespace Turbulence.Cli.Problems;

/// <summary>An experiment that was looked at, and what was found.</summary>
/// <param name="Name">The file or the URL, as the user named it.</param>
/// <param name="IsValid">Whether it can be run.</param>
/// <param name="Problems">What is wrong, and whether that is about the experiment or about what was given beside it.</param>
internal sealed record CheckedSource(string Name, bool IsValid, IReadOnlyList<(Problem Problem, bool IsOwn)> Problems)
{
    /// <summary>Whether it was downloaded: no tool can open it as a file.</summary>
    public bool IsUrl => Name.Contains("://", StringComparison.Ordinal);
}
