using Turbulence.Cli.Files;

namespace Turbulence.Cli.Verbs;

/// <summary>What <c>chaos discover</c> was asked for.</summary>
/// <param name="Name">The extension, as it was said.</param>
/// <param name="System">Whether it may look at the system that it is for.</param>
/// <param name="File">Where the document goes.</param>
internal sealed record DiscoveryCall(string Name, bool System, WholeFile File)
{
    private const string Ending = ".dll";

    /// <summary>
    /// Whether it is a .NET assembly: a <c>.dll</c>, a name that has one in the current folder, or one that is written as those of .NET are
    /// and those of Python are not, <c>My.Chaos</c>.
    /// </summary>
    public bool IsDotNet =>
        Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
        || global::System.IO.File.Exists(Name + Ending)
        || (Name is [>= 'A' and <= 'Z', ..] && Name.Contains('.', StringComparison.Ordinal));

    /// <summary>A problem, with a hint where another language may be meant.</summary>
    public string Explained(string problem) =>
        !IsDotNet && problem == $"Package {Name} not found"
            ? $"{problem}: it is no Python package that is installed (a .NET assembly is named by its file, {Name}{Ending})"
            : problem;
}
