using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>Loads the authorities of <see cref="CaBundle"/>.</summary>
    /// <param name="authorities">The authorities; null for the system's.</param>
    /// <param name="problem">One line; null when all is well.</param>
    public bool TryLoad(out X509Certificate2Collection? authorities, out string? problem)
    {
        (authorities, problem) = (null, null);
        if (CaBundle is null)
        {
            return true;
        }

        try
        {
            var loaded = new X509Certificate2Collection();
            string[] files = Directory.Exists(CaBundle) ? Directory.GetFiles(CaBundle) : [CaBundle];
            foreach (var file in files)
            {
                loaded.ImportFromPemFile(file);
            }

            authorities = loaded;
            problem = loaded.Count > 0 ? null : $"verify_tls: '{CaBundle}' holds no certificate";
        }
        catch (Exception failure) when (failure
            is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problem = $"verify_tls: '{CaBundle}' cannot be read as a PEM file of certificates";
        }

        return problem is null;
    }
}
