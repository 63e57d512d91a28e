namespace Turbulence.Python.Patterns;

/// <summary>The smallest thing a pattern is made of: a character, or a backslash with the character after it.</summary>
/// <param name="Value">The character's code point; -1 after the end of the pattern.</param>
/// <param name="Escaped">Whether a backslash stands before it.</param>
internal readonly record struct PatternToken(int Value, bool Escaped)
{
    /// <summary>What follows the last character.</summary>
    public static PatternToken End { get; } = new(-1, false);

    /// <summary>The token as the pattern spells it.</summary>
    public override string ToString() => Value < 0 ? "" : (Escaped ? "\\" : "") + CodePoint.Text(Value);
}
