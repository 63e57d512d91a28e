using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// A text: the output equals it. The reference runner compares a process's or a response's whole map, which never equals a
/// text; in the default mode it is compared with <c>stdout</c> or <c>body</c>, with or without its last line break.
/// </summary>
internal static class TextTolerance
{
    /// <summary>Holds the output against the tolerance.</summary>
    /// <param name="tolerance">The text, its placeholders replaced.</param>
    /// <param name="check">The output and what else is needed.</param>
    public static ToleranceOutcome Evaluate(string tolerance, ToleranceCheck check)
    {
        var expected = JsonValue.Create(tolerance);
        if (check.IsReference || !check.Probe.TryGetUsualPart(check.Probe.TextKey, out var said))
        {
            return ToleranceOutcome.Judged(
                PythonEquality.Equal(check.Output, expected), check.Probe.Whole, ShortJson.Of(expected, check.Hides));
        }

        var met = JsonTexts.TryRead(said.Value, out var text) && (text == tolerance || WithoutLastLineBreak(text) == tolerance);
        return ToleranceOutcome.Judged(met, said, ShortJson.Of(expected, check.Hides));
    }

    private static string WithoutLastLineBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
