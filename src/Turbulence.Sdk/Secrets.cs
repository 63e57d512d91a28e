using System.Text.Json;

namespace Turbulence.Sdk;

/// <summary>
/// The secrets of the scopes that the activity's provider lists, as one map; none where it lists none. A parameter of this type is supplied
/// with them, whatever the parameter's name. In a control's hook the scopes are the names, and their secrets are the values.
/// </summary>
public sealed class Secrets : NamedValues
{
    /// <summary>Secrets, for tests of activities.</summary>
    /// <param name="values">A JSON object; any other value is no secrets.</param>
    public Secrets(JsonElement values)
        : base(values, "secret")
    {
    }

    /// <summary>Secrets, for tests of activities.</summary>
    /// <param name="json">A JSON object as text.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Secrets Parse(string json) => new(ReadObject(json));
}
