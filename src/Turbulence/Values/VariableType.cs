using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values;

/// <summary>
/// The types of <c>env_var_type</c> and of <c>--var NAME:TYPE=VALUE</c>: <c>str</c>, <c>int</c>, <c>float</c>,
/// <c>bytes</c>, <c>bool</c>, <c>json</c> and their longer names.
/// </summary>
internal static class VariableType
{
    private const string Unknown = "variable type can only be: bool, str, int, float, bytes or json";

    /// <summary>Turns a value into <paramref name="type"/> by the reference's rules.</summary>
    /// <param name="value">A text, or whatever stands under <c>default</c>. It is not changed.</param>
    /// <param name="type">The type's name; null for none, which leaves the value as it is.</param>
    /// <returns>
    /// The value, or the text that the reference gives for what is wrong. Of <c>bytes</c> the text itself comes back, for
    /// JSON knows no bytes; a float that is infinite or not a number is a failure for the same reason.
    /// </returns>
    public static ConvertedValue Convert(JsonNode? value, string? type) => type switch
    {
        null or "str" or "string" => new(value?.DeepClone()),
        "int" or "integer" => Integer(value),
        "float" or "number" => Float(value),
        "bytes" => JsonTexts.TryRead(value, out var text) ? new(text) : new(null, $"a value of type {TypeName(value)} has no bytes"),
        "bool" => Boolean(value),
        "json" => Json(value),
        _ => new(null, Unknown),
    };

    private static ConvertedValue Integer(JsonNode? value)
    {
        if (JsonTexts.TryRead(value, out var text))
        {
            return PythonNumerals.TryInteger(text, out var integer)
                ? new(JsonNode.Parse(integer))
                : new(null, $"invalid literal for int() with base 10: {PythonText.Representation(text)}");
        }

        return Kind(value) switch
        {
            JsonValueKind.True => new(1),
            JsonValueKind.False => new(0),
            JsonValueKind.Number when PythonNumerals.TryInteger(PythonText.Of(value), out var integer) => new(JsonNode.Parse(integer)),
            JsonValueKind.Number when PythonNumerals.TryFloat(PythonText.Of(value), out var number) && double.IsFinite(number) =>
                new(JsonNode.Parse(new System.Numerics.BigInteger(number).ToString(System.Globalization.CultureInfo.InvariantCulture))),
            JsonValueKind.Number => new(null, "cannot convert float infinity to integer"),
            _ => new(null, $"int() argument must be a string, a bytes-like object or a real number, not '{TypeName(value)}'"),
        };
    }

    private static ConvertedValue Float(JsonNode? value)
    {
        var kind = Kind(value);
        if (kind is JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)
        {
            return new(null, $"float() argument must be a string or a real number, not '{TypeName(value)}'");
        }

        var text = kind switch
        {
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => PythonText.Of(value),
        };
        if (!PythonNumerals.TryFloat(text, out var number))
        {
            return new(null, $"could not convert string to float: {PythonText.Representation(text)}");
        }

        return double.IsFinite(number)
            ? new(JsonNode.Parse(PythonNumerals.Text(number)))
            : new(null, $"{text.Trim()} is a float that JSON cannot hold");
    }

    private static ConvertedValue Boolean(JsonNode? value)
    {
        if (!JsonTexts.TryRead(value, out var text))
        {
            return Kind(value) switch
            {
                JsonValueKind.True or JsonValueKind.False => new(value!.DeepClone()),
                JsonValueKind.Number => new(PythonNumerals.TryFloat(PythonText.Of(value), out var number) && number != 0),
                _ => new(null, $"a value of type {TypeName(value)} is neither true nor false"),
            };
        }

        var word = text.ToUpperInvariant();
        if (word is "FALSE" or "0" or "NO")
        {
            return new(false);
        }

        return word is "TRUE" or "1" or "YES" or "ON"
            ? new(true)
            : new(true, Warning: $"{PythonText.Representation(text)} is read as true: only false, 0 and no are false");
    }

    private static ConvertedValue Json(JsonNode? value)
    {
        if (!JsonTexts.TryRead(value, out var text) || text.Length == 0)
        {
            return new(value?.DeepClone());
        }

        var (parsed, failure) = JsonReading.Parse(Encoding.UTF8.GetBytes(text));
        return new(parsed, failure);
    }

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static string TypeName(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => PythonNumerals.TryInteger(PythonText.Of(value), out _) ? "int" : "float",
        _ => "NoneType",
    };
}
