namespace Turbulence.Cli.Terminal.Live;

/// <summary>The signs of the live view, for a terminal that shows Unicode and for one that does not.</summary>
/// <param name="Done">Before what went well.</param>
/// <param name="Missed">Before what did not.</param>
/// <param name="Note">Before what is said in passing.</param>
/// <param name="Alert">Before what somebody should look at.</param>
/// <param name="Dash">Before what is left out.</param>
/// <param name="Spinner">The pictures of a running activity, in their order.</param>
internal sealed record Glyphs(string Done, string Missed, string Note, string Alert, string Dash, string Spinner)
{
    /// <summary>For a terminal that shows Unicode.</summary>
    public static Glyphs Unicode { get; } = new("✓", "✗", "·", "!", "–", "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏");

    /// <summary>For every other terminal.</summary>
    public static Glyphs Ascii { get; } = new("+", "x", ".", "!", "-", @"-\|/");

    /// <summary>The spinner's picture at a moment; it changes ten times a second.</summary>
    public string Spin(DateTimeOffset now) => Spinner[(int)(now.UtcTicks / (TimeSpan.TicksPerSecond / 10) % Spinner.Length)].ToString();
}
