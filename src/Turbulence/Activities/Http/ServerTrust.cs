using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Activities.Http;

/// <summary>Which servers are believed to be who they say.</summary>
/// <param name="Verify">False: every server.</param>
/// <param name="CaBundle">The PEM file, or the folder of such files, with the authorities to trust; null for the system's.</param>
internal sealed record ServerTrust(bool Verify, string? CaBundle)
{
    /// <summary>Reads <c>verify_tls</c>: a boolean or a path.</summary>
    /// <returns>The trust; null where the value is neither.</returns>
    public static ServerTrust? From(JsonNode? value, Compatibility compatibility)
    {
        switch (JsonScalars.Kind(value))
        {
            case JsonValueKind.Null or JsonValueKind.True:
                return new ServerTrust(true, null);
            case JsonValueKind.False:
                return new ServerTrust(false, null);
            case JsonValueKind.String:
                var text = JsonScalars.Text(value) ?? "";

                // A variable of the environment is a text, so ours reads the two words too.
                if (compatibility == Compatibility.None && bool.TryParse(text, out var flag))
                {
                    return new ServerTrust(flag, null);
                }

                return text.Length > 0 ? new ServerTrust(true, text) : null;
            default:
                return null;
        }
    }
}
