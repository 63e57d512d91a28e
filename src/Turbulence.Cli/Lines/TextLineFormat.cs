using System.Globalization;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>
/// The reference's format: <c>[2026-11-22 13:22:05 INFO] text</c>, continuation lines indented by four spaces, no colours.
/// </summary>
/// <param name="zone">The zone of the times.</param>
/// <param name="origin">Whether <c>[room:event]</c> follows the level, as in the log file.</param>
internal sealed class TextLineFormat(TimeZoneInfo zone, bool origin) : ILineFormat
{
    /// <inheritdoc/>
    public void Write(Line line, RunEvent happened, TextWriter writer)
    {
        var at = TimeZoneInfo.ConvertTime(happened.At, zone);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"[{at:yyyy-MM-dd HH:mm:ss} {LevelName.Of(line.Level)}] "));
        if (origin)
        {
            writer.Write($"[{EventOrigin.Room(happened)}:{EventOrigin.Event(happened)}] ");
        }

        writer.Write(PrintableText.Of(line.Text).TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal));
        writer.Write('\n');
    }
}
