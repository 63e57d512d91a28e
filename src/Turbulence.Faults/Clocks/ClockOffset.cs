using System.Globalization;
using System.Text.RegularExpressions;

namespace Turbulence.Faults.Clocks;

/// <summary>How far a clock is off.</summary>
/// <param name="Seconds">In whole seconds, ahead where above 0.</param>
internal readonly partial record struct ClockOffset(long Seconds)
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    // Beyond that programs meet the ends of their calendars.
    private const long Most = 100 * 365 * Day;

    /// <summary>As the file of the clock holds it.</summary>
    public string File => string.Create(CultureInfo.InvariantCulture, $"{(Seconds < 0 ? "" : "+")}{Seconds}");

    /// <summary>For people: <c>400 days ahead</c>.</summary>
    public string Text
    {
        get
        {
            var away = Math.Abs(Seconds);
            var (unit, word) = away % Day == 0 ? (Day, "day") : away % Hour == 0 ? (Hour, "hour") : away % Minute == 0 ? (Minute, "minute") : (1, "second");
            return string.Create(
                CultureInfo.InvariantCulture, $"{away / unit} {word}{(away == unit ? "" : "s")} {(Seconds < 0 ? "behind" : "ahead")}");
        }
    }

    /// <summary>Reads <c>+400d</c>, <c>-90</c>, <c>1h</c>.</summary>
    public static bool TryRead(string text, out ClockOffset offset)
    {
        offset = default;
        if (Form().Match(text) is not { Success: true } match
            || !long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is 0 or > Most)
        {
            return false;
        }

        var seconds = count * match.Groups[3].Value switch { "m" => Minute, "h" => Hour, "d" => Day, "y" => 365 * Day, _ => 1 };
        offset = new ClockOffset(match.Groups[1].Value == "-" ? -seconds : seconds);
        return seconds <= Most;
    }

    [GeneratedRegex("^([+-]?)([0-9]{1,10})([smhdy]?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
