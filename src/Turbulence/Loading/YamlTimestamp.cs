using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Turbulence.Loading;

/// <summary>
/// The dates and times of YAML 1.1. JSON has none, so they become the ISO 8601 text that the reference writes into its
/// journal: <c>2024-01-02</c>, <c>2024-01-02T03:04:05+00:00</c>.
/// </summary>
internal static partial class YamlTimestamp
{
    /// <summary>The text of the timestamp that a plain scalar means; null where it is none.</summary>
    public static YamlScalar? Plain(string text)
    {
        if (DateForm().IsMatch(text))
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? new YamlScalar(JsonValue.Create(text))
                : YamlScalar.Refused($"'{text}' is not a day of the calendar; put it in quotes for a text");
        }

        var match = TimeForm().Match(text);
        return match.Success ? DateAndTime(match) : null;
    }

    private static YamlScalar DateAndTime(Match match)
    {
        int Part(string name) => match.Groups[name].Length == 0 ? 0 : int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

        var zoneMinutes = (Part("zoneHour") * 60) + Part("zoneMinute");
        var day = $"{Part("year"):0000}-{Part("month"):00}-{Part("day"):00}";
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || Part("hour") > 23 || Part("minute") > 59 || Part("second") > 59 || zoneMinutes >= 24 * 60)
        {
            return YamlScalar.Refused($"'{match.Value}' is not a time of the calendar; put it in quotes for a text");
        }

        // The reference's clock counts microseconds and cuts off what is finer.
        var microseconds = match.Groups["fraction"].Value.PadRight(6, '0')[..6];
        var fraction = microseconds == "000000" ? "" : "." + microseconds;
        var zone = ZoneText(match.Groups["zone"].Value.TrimStart(), zoneMinutes);
        return new YamlScalar(JsonValue.Create($"{day}T{Part("hour"):00}:{Part("minute"):00}:{Part("second"):00}{fraction}{zone}"));
    }

    private static string ZoneText(string zone, int minutes) => zone switch
    {
        "" => "",
        ['-', ..] when minutes > 0 => $"-{minutes / 60:00}:{minutes % 60:00}",
        _ => $"+{minutes / 60:00}:{minutes % 60:00}",
    };

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex DateForm();

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})([Tt]|[ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]*))?(?<zone>[ \t]*(Z|[-+](?<zoneHour>[0-9]{1,2})(:(?<zoneMinute>[0-9]{2}))?))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();
}
