using System.Text.Json;

namespace Turbulence.Faults.Network;

/// <summary>Reads what a proxy's API answers: whatever it is, without a mistake.</summary>
internal static class AnswerJson
{
    private const int MostWords = 500;

    /// <summary>A member of an object; nothing where there is none, or no object.</summary>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A member that is a text; null where it is none.</summary>
    public static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>
    /// A member that is a text for people, in one line and without what a terminal would obey; null where it is none, or too long for one.
    /// </summary>
    public static string? Line(JsonElement value, string name) => Text(value, name) is { Length: <= MostWords } text
        ? string.Join(' ', new string([.. text.Select(static letter => char.IsControl(letter) ? ' ' : letter)]).Split(
            ' ', StringSplitOptions.RemoveEmptyEntries))
        : null;

    /// <summary>A member that is a whole number from 0; null where it is none.</summary>
    public static long? Count(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count >= 0 ? count : null;
}
