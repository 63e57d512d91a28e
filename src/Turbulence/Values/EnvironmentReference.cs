using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values;

/// <summary>Resolves <c>{"type":"env","key":…,"default":…,"env_var_type":…}</c>.</summary>
internal static class EnvironmentReference
{
    private const string Malformed = "an env definition needs the name of an environment variable under 'key'";

    /// <summary>A configuration value.</summary>
    public static ConvertedValue Configuration(JsonObject definition, EnvironmentVariables environment)
    {
        if (!TryKey(definition, out var key))
        {
            return new(null, Malformed);
        }

        if (!TryRead(definition, key, environment, out var raw, out var origin))
        {
            return new(null, $"Configuration makes reference to an environment key that does not exist: {key}");
        }

        var type = TypeOf(definition);
        var converted = VariableType.Convert(raw, type);
        return converted with
        {
            Failure = converted.Failure is { } failure ? $"{origin} cannot be read as {type}: {failure}" : null,
            Warning = converted.Warning is { } warning ? $"{origin}: {warning}" : null,
        };
    }

    /// <summary>A secret; no message repeats its value.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="environment">Where the variable is looked up.</param>
    /// <param name="extended">Whether <c>default</c> and <c>env_var_type</c> count, which the reference does not know for secrets.</param>
    public static ConvertedValue Secret(JsonObject definition, EnvironmentVariables environment, bool extended)
    {
        if (!TryKey(definition, out var key))
        {
            return new(null, Malformed);
        }

        JsonNode? raw;
        var origin = "";
        var found = extended
            ? TryRead(definition, key, environment, out raw, out origin)
            : TryVariable(key, environment, out raw);
        if (!found)
        {
            return new(null, $"Secrets make reference to an environment key that does not exist: {key}");
        }

        var type = extended ? TypeOf(definition) : null;
        var converted = VariableType.Convert(raw, type);
        return converted.Failure is null ? new(converted.Value) : new(null, $"{origin} cannot be read as {type}");
    }

    private static bool TryKey(JsonObject definition, out string key)
    {
        key = definition.Text("key") ?? "";
        return key.Length > 0 && !key.Contains('\0', StringComparison.Ordinal);
    }

    private static bool TryVariable(string key, EnvironmentVariables environment, out JsonNode? raw)
    {
        var found = environment.TryGet(key, out var text);
        raw = text;
        return found;
    }

    private static bool TryRead(JsonObject definition, string key, EnvironmentVariables environment, out JsonNode? raw, out string origin)
    {
        origin = $"environment variable '{key}'";
        if (TryVariable(key, environment, out raw))
        {
            return true;
        }

        origin = $"the default of environment variable '{key}'";
        return definition.TryGetPropertyValue("default", out raw);
    }

    // Whatever is no type's name is handed on as one, so that the answer lists the names that are.
    private static string? TypeOf(JsonObject definition) =>
        definition["env_var_type"] is { } type ? PythonText.Of(type) : null;
}
