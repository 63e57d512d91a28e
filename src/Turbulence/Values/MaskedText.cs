namespace Turbulence.Values;

/// <summary>
/// A text that a mask has gone over, and the only one that can be shortened: half a secret is found by no mask, so what is cut first is
/// never masked any more.
/// </summary>
public readonly record struct MaskedText
{
    private const string Ellipsis = "…";

    private readonly string? text;

    /// <summary>Only <see cref="SecretMask.Mask"/> makes one.</summary>
    internal MaskedText(string text) => this.text = text;

    /// <summary>How many characters it has.</summary>
    public int Length => text?.Length ?? 0;

    /// <summary>The text as a plain one.</summary>
    public static implicit operator string(MaskedText masked) => masked.ToString();

    /// <summary>
    /// The text, cut where it is longer, with an ellipsis for the rest; a character of two UTF-16 units is not torn apart.
    /// </summary>
    /// <param name="longest">How many characters stay at most, the ellipsis not counted; at least 1.</param>
    public MaskedText Shorten(int longest) => text is null || text.Length <= longest
        ? this
        : new MaskedText(string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest), Ellipsis));

    /// <inheritdoc/>
    public override string ToString() => text ?? "";
}
