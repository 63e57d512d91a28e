using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Hosts.Activities;

/// <summary>The secrets that an activity asks for.</summary>
internal static class SecretScopes
{
    /// <summary>
    /// One flat map of the scopes that <paramref name="scopes"/> lists: a later one wins, an unknown one adds nothing. Null where no scopes
    /// are declared; empty where what is declared is no list, as in the reference.
    /// </summary>
    /// <param name="scopes">The value of <c>provider.secrets</c>.</param>
    /// <param name="secrets">Scope to key to value.</param>
    public static JsonObject? Union(JsonNode? scopes, JsonObject secrets)
    {
        if (scopes is null)
        {
            return null;
        }

        var flat = new JsonObject();
        foreach (var name in scopes as JsonArray ?? [])
        {
            if (JsonTexts.TryRead(name, out var scope) && secrets[scope] is JsonObject keys)
            {
                foreach (var (key, value) in keys)
                {
                    flat[key] = value?.DeepClone();
                }
            }
        }

        return flat;
    }
}
