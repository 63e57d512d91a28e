using System.Globalization;
using System.Text.Json;

namespace Turbulence.DotNetWorker.Values;

/// <summary>What is written as a text in JSON and is something else in .NET.</summary>
internal static class TextValue
{
    private static readonly string[] FloatingPointNames = ["NaN", "Infinity", "-Infinity"];

    /// <summary>Whether a text can be one of these.</summary>
    public static bool Handles(Type type) =>
        type.IsEnum || type == typeof(char) || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(Version)
        || type == typeof(byte[]) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
        || type == typeof(double) || type == typeof(float)
        || (!NumberValue.Handles(type) && ParsableValue.Handles(type));

    /// <summary>Converts a text.</summary>
    public static Misfit? TryConvert(JsonElement value, Type type, out object? result)
    {
        try
        {
            result = Convert(value, value.GetString()!, type);
        }
        catch (Exception exception)
        {
            result = null;
            return new("", $"is a string that {type.Name} refuses: {Protocol.ExceptionText.Line(exception)}");
        }

        if (result is not null)
        {
            return null;
        }

        var misfit = ValueKind.Misfit(value, type, Detail(type));
        return misfit with { Text = misfit.Text + " that is none" };
    }

    /// <summary>Seconds as a number, or <c>[d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static bool TryDuration(JsonElement value, out TimeSpan duration)
    {
        duration = default;
        if (value.ValueKind == JsonValueKind.String)
        {
            // Without a colon .NET reads days, and everybody else means seconds.
            return value.GetString()!.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out duration);
        }

        if (value.ValueKind != JsonValueKind.Number
            || !value.TryGetDouble(out var seconds)
            || Math.Abs(seconds) >= TimeSpan.MaxValue.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static object? Convert(JsonElement value, string text, Type type)
    {
        if (type.IsEnum)
        {
            return Enumeration(text, type);
        }

        if (type == typeof(double) || type == typeof(float))
        {
            return !FloatingPointNames.Contains(text) ? null
                : type == typeof(double)
                    ? double.Parse(text, CultureInfo.InvariantCulture)
                    : float.Parse(text, CultureInfo.InvariantCulture);
        }

        return type == typeof(char) ? (text.Length == 1 ? text[0] : null)
            : type == typeof(TimeSpan) ? (TryDuration(value, out var duration) ? duration : null)
            : type == typeof(DateTime) ? (value.TryGetDateTime(out var time) ? time : null)
            : type == typeof(DateTimeOffset) ? (value.TryGetDateTimeOffset(out var instant) ? instant : null)
            : type == typeof(byte[]) ? (value.TryGetBytesFromBase64(out var bytes) ? bytes : null)
            : type == typeof(Uri) ? (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null)
            : type == typeof(Version) ? (Version.TryParse(text, out var version) ? version : null)
            : ParsableValue.TryParse(text, type, out var parsed) ? parsed : null;
    }

    private static object? Enumeration(string text, Type type) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && Enum.TryParse(type, text, ignoreCase: true, out var member)
            ? member
            : null;

    private static string Detail(Type type) =>
        type.IsEnum ? $" ({string.Join(", ", Enum.GetNames(type).Take(20))}{(Enum.GetNames(type).Length > 20 ? ", …" : "")})"
        : type == typeof(byte[]) ? " in Base64"
        : type == typeof(TimeSpan) ? " (seconds, or [d.]hh:mm:ss)"
        : "";
}
