namespace Turbulence.Keys;

/// <summary>A word that a key takes.</summary>
/// <param name="Word">The word.</param>
/// <param name="Summary">What it says, in one line.</param>
internal sealed record KeyWord(string Word, string Summary);
