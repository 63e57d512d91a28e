using Spectre.Console;
using Turbulence.Cli.Terminal.Live;

namespace Turbulence.Cli.Terminal;

/// <summary>Decides whether the live view can be drawn, and makes it. The one place that touches Spectre.Console at the start.</summary>
internal static class LiveTerminal
{
    /// <summary>
    /// The fewest columns that anything is laid out for. Spectre.Console breaks a text into lines for ever where a character is wider than
    /// the line; what a narrower terminal gets, it breaks itself.
    /// </summary>
    public const int NarrowestWidth = 12;

    /// <summary>
    /// True when a stream is a terminal with cursor control and nobody keeps a log of it: no <c>CI</c>, no <c>TERM=dumb</c>.
    /// </summary>
    /// <param name="redirected">Whether the stream is no terminal.</param>
    public static bool IsAvailable(bool redirected) =>
        !redirected
        && Environment.GetEnvironmentVariable("TERM") is var term && term is not "dumb" && (term is { Length: > 0 }
            || OperatingSystem.IsWindows())
        && Environment.GetEnvironmentVariable("CI") is null or "" or "false" or "0";

    /// <summary>Draws on a stream that is a terminal. Colours are left out where <c>NO_COLOR</c> is set.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="verbose">Whether notices of the level DEBUG are shown.</param>
    /// <param name="time">Measures durations and the gaps between frames.</param>
    public static LiveConsole Open(TextWriter writer, bool verbose, TimeProvider time)
    {
        var screen = OpenScreen(writer, out var glyphs);
        return new LiveConsole(new LiveView(glyphs, verbose), screen, time);
    }

    /// <summary>The same for who draws his own rows.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="glyphs">The signs that it shows.</param>
    public static LiveScreen OpenScreen(TextWriter writer, out Glyphs glyphs)
    {
        var colors = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? ColorSystemSupport.Detect
            : ColorSystemSupport.NoColors;
        glyphs = IsUnicode() ? Glyphs.Unicode : Glyphs.Ascii;
        return new LiveScreen(new AnsiConsoleOutput(writer), colors, Reflows);
    }

    // xterm, GNU screen and the console of Linux cut the lines that do not fit any more when they become narrower; all others in use break
    // them anew. Who is wrong about it takes lines off the screen that were to stay, or leaves some twice.
    private static bool Reflows => Environment.GetEnvironmentVariable("XTERM_VERSION") is null or ""
        && Environment.GetEnvironmentVariable("STY") is null or ""
        && Environment.GetEnvironmentVariable("TERM") != "linux";

    // The first that is set decides, as in POSIX; where none is, the terminals of today show UTF-8.
    private static bool IsUnicode()
    {
        foreach (var name in (ReadOnlySpan<string>)["LC_ALL", "LC_CTYPE", "LANG"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } locale)
            {
                return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
                    || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
            }
        }

        return Environment.GetEnvironmentVariable("TERM") != "linux";
    }
}
