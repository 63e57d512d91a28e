using System.Text.Json;

namespace Turbulence.Events;

/// <summary>Writes the fields of a timeline's line that several events have.</summary>
internal static class EventFields
{
    /// <summary>A value of an enumeration, in small letters.</summary>
    public static void WriteWord(this Utf8JsonWriter line, string name, Enum value) =>
        line.WriteString(name, value.ToString().ToLowerInvariant());

    /// <summary>A time in seconds, to the microsecond.</summary>
    public static void WriteSeconds(this Utf8JsonWriter line, string name, TimeSpan time) =>
        line.WriteNumber(name, Math.Round(time.TotalSeconds, 6));
}
