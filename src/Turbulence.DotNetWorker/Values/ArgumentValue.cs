using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Makes what a parameter takes out of a JSON value.</summary>
internal static class ArgumentValue
{
    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">What is asked for.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="options">How records and classes are read; null for <see cref="JsonValues.Arguments"/>.</param>
    /// <returns>Null, or why it cannot be.</returns>
    public static Misfit? TryConvert(JsonElement value, Type type, out object? result, JsonSerializerOptions? options = null)
    {
        if (type == typeof(string))
        {
            result = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Null ? null : ValueKind.Misfit(value, type);
        }

        if (type == typeof(bool))
        {
            result = value.ValueKind == JsonValueKind.True;
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : ValueKind.Misfit(value, type);
        }

        return TryJson(value, type, out result) ? null : TryOther(value, type, out result, options);
    }

    /// <summary>
    /// What a value is where any object will do: texts, numbers (<c>int</c>, <c>long</c> or <c>double</c>), booleans, lists and
    /// dictionaries.
    /// </summary>
    public static object? ToObject(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt32(out var small) => small,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(ToObject).ToList(),
        JsonValueKind.Object => ListValue.Members(value).ToDictionary(member => member.Key, member => ToObject(member.Value)),
        _ => null,
    };

    private static Misfit? TryOther(JsonElement value, Type type, out object? result, JsonSerializerOptions? options)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            result = null;
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null : ValueKind.Misfit(value, type);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return TryConvert(value, underlying, out result, options);
        }

        if (type == typeof(object))
        {
            result = ToObject(value);
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when NumberValue.Handles(type) => NumberValue.TryConvert(value, type, out result),
            JsonValueKind.String when TextValue.Handles(type) => TextValue.TryConvert(value, type, out result),
            JsonValueKind.Array when ListValue.ElementOf(type) is { } element =>
                ListValue.TryConvertList(value, type, element, out result, options),
            JsonValueKind.Object when ListValue.ValueOf(type) is { } element =>
                ListValue.TryConvertMap(value, element, out result, options),
            _ => TryDeserialize(value, type, out result, options),
        };
    }

    private static bool TryJson(JsonElement value, Type type, out object? result)
    {
        if (type == typeof(JsonElement))
        {
            result = value;
            return true;
        }

        result = null;
        if (!typeof(JsonNode).IsAssignableFrom(type))
        {
            return false;
        }

        result = JsonValues.ToNode(value);
        return result is null || type.IsInstanceOfType(result);
    }

    private static Misfit? TryDeserialize(JsonElement value, Type type, out object? result, JsonSerializerOptions? options)
    {
        result = null;
        if (type.IsPrimitive
            || type.IsEnum
            || typeof(JsonNode).IsAssignableFrom(type)
            || TextValue.Handles(type)
            || NumberValue.Handles(type))
        {
            return ValueKind.Misfit(value, type);
        }

        try
        {
            result = value.Deserialize(type, options ?? JsonValues.Arguments);
            return null;
        }
        catch (Exception exception)
        {
            // The constructors and setters that run here are user code, and may throw anything.
            return ValueKind.Misfit(value, type) is var misfit && exception is JsonException or NotSupportedException
                ? misfit with { Text = $"{misfit.Text} that does not fit: {exception.Message}" }
                : misfit with { Text = $"{misfit.Text} that it refuses: {Protocol.ExceptionText.Line(exception)}" };
        }
    }
}
