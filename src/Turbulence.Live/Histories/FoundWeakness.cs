namespace Turbulence.Live.Histories;

/// <summary>A weakness that a run has found.</summary>
/// <param name="Fingerprint">The same for the same finding in every run.</param>
/// <param name="What">Which kind it is, in a few words.</param>
/// <param name="Where">The stage, and the activity where it is one's.</param>
internal sealed record FoundWeakness(string Fingerprint, string What, string Where);
