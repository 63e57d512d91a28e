using System.Text.Json;

namespace Turbulence.Sdk;

/// <summary>
/// The experiment's configuration, resolved. A parameter of this type is supplied with all of it, whatever the parameter's name.
/// </summary>
public sealed class Configuration : NamedValues
{
    /// <summary>A configuration, for tests of activities.</summary>
    /// <param name="values">A JSON object; any other value is an empty configuration.</param>
    public Configuration(JsonElement values)
        : base(values, "configuration")
    {
    }

    /// <summary>A configuration, for tests of activities.</summary>
    /// <param name="json">A JSON object as text.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Configuration Parse(string json) => new(ReadObject(json));
}
