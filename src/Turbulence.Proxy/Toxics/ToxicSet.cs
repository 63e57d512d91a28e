namespace Turbulence.Proxy.Toxics;

/// <summary>
/// The toxics of a proxy at a moment, in the order in which they were added. It never changes: another one takes its place.
/// </summary>
/// <param name="Version">Higher than that of every earlier one.</param>
/// <param name="Entries">The toxics.</param>
internal sealed record ToxicSet(long Version, IReadOnlyList<ToxicEntry> Entries)
{
    /// <summary>No toxics, as at the beginning.</summary>
    public static ToxicSet Empty { get; } = new(0, []);

    /// <summary>Another set in its place.</summary>
    public ToxicSet With(IEnumerable<ToxicEntry> entries) => new(Version + 1, [.. entries]);
}
