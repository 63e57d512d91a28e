namespace Turbulence.Faults.PacketFilters;

/// <summary>What <c>nft</c> answered.</summary>
/// <param name="Text">What it printed.</param>
/// <param name="Problem">Why it did not do it, in one line; null where it did.</param>
internal readonly record struct NftAnswer(string Text, string? Problem);
