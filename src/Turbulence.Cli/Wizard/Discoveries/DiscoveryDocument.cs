namespace Turbulence.Cli.Wizard.Discoveries;

/// <summary>What was discovered of one extension (section 13), as far as an experiment is made of it.</summary>
/// <param name="Name">What the extension calls itself; the file's name where it has no name.</param>
/// <param name="Activities">The activities that can be used, in the document's order.</param>
/// <param name="Unusable">How many entries of the document lack something that an activity needs.</param>
internal sealed record DiscoveryDocument(string Name, IReadOnlyList<DiscoveredActivity> Activities, int Unusable)
{
    /// <summary>No document.</summary>
    public static DiscoveryDocument None { get; } = new("", [], 0);
}
