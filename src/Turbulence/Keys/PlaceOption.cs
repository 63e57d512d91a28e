namespace Turbulence.Keys;

/// <summary>One of several places that a map may be.</summary>
/// <param name="Word">The word that names it.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Place">Gives it.</param>
internal sealed record PlaceOption(string Word, string Summary, Func<KeyPlace> Place);
