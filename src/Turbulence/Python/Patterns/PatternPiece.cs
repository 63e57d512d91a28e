namespace Turbulence.Python.Patterns;

/// <summary>A translated part of a pattern that a quantifier can be put to.</summary>
/// <param name="Text">The .NET pattern.</param>
/// <param name="Shortest">The fewest characters it matches.</param>
/// <param name="Longest">The most characters it matches; <see cref="Endless"/> without a limit.</param>
/// <param name="Kind">What a quantifier has to know of it.</param>
internal readonly record struct PatternPiece(string Text, long Shortest, long Longest, PieceKind Kind = PieceKind.Plain)
{
    /// <summary>More characters than a text has.</summary>
    public const long Endless = uint.MaxValue;

    /// <summary>A piece that matches one character.</summary>
    public static PatternPiece Character(string text) => new(text, 1, 1);

    /// <summary>A piece that matches a place between characters.</summary>
    public static PatternPiece Place(string text) => new(text, 0, 0, PieceKind.Place);

    /// <summary>The pieces one after the other.</summary>
    public static PatternPiece Sequence(IReadOnlyCollection<PatternPiece> pieces) => new(
        string.Concat(pieces.Select(piece => piece.Text)),
        pieces.Aggregate(0L, (sum, piece) => Math.Min(sum + piece.Shortest, Endless)),
        pieces.Aggregate(0L, (sum, piece) => Math.Min(sum + piece.Longest, Endless)));

    /// <summary>One of the pieces.</summary>
    public static PatternPiece Choice(IReadOnlyCollection<PatternPiece> pieces) => new(
        string.Join('|', pieces.Select(piece => piece.Text)),
        pieces.Min(piece => piece.Shortest),
        pieces.Max(piece => piece.Longest));
}
