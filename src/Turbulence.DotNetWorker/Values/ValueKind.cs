using System.Text.Json;
using Turbulence.DotNetWorker.Calls;

namespace Turbulence.DotNetWorker.Values;

/// <summary>What values are called in texts for people.</summary>
internal static class ValueKind
{
    /// <summary>That a value of that type was asked for.</summary>
    public static Misfit Misfit(JsonElement value, Type type, string detail = "") =>
        new("", $"must be {Article(type.ToSource())}{detail}, and is {Name(value)}");

    /// <summary>The kind of a JSON value.</summary>
    public static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "a fractional number" : "a whole number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "a map",
        _ => "null",
    };

    private static string Article(string name) => ("AEIOUaeiou".Contains(name[0], StringComparison.Ordinal) ? "an " : "a ") + name;
}
