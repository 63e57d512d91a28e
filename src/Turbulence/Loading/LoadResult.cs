using System.Diagnostics.CodeAnalysis;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>What became of loading a source.</summary>
/// <param name="DisplayName">What people are shown as the source's name: the path as given, or the URL without credentials, query and
/// fragment.</param>
/// <param name="Experiment">The experiment; null where it could not be loaded.</param>
/// <param name="Problems">Why it could not be loaded (one error), or what somebody should look at (warnings).</param>
public sealed record LoadResult(string DisplayName, LoadedExperiment? Experiment, IReadOnlyList<Problem> Problems)
{
    /// <summary>The source as it was read, to show where in it something is wrong; empty where nothing was read.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Whether there is an experiment.</summary>
    [MemberNotNullWhen(true, nameof(Experiment))]
    public bool Succeeded => Experiment is not null;
}
