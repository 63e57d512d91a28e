using Turbulence.Values;

namespace Turbulence.Activities.Http;

/// <summary>
/// Knows the headers that carry credentials: by their name (<c>Authorization</c>, <c>Cookie</c>, <c>X-Api-Key</c>, <c>X-Vault-Token</c> and
/// what is named alike), and by their value, which holds a secret of the run.
/// </summary>
internal static class CredentialHeaders
{
    // Also where a name says less than its value would: a header that is lost on the way to a stranger fails loudly, one that is not fails
    // nobody but its owner.
    private static readonly string[] Words =
    [
        "auth", "cookie", "token", "secret", "password", "passwd", "credential", "api-key", "apikey", "api_key", "access-key",
        "access_key", "accesskey",
        "session", "signature", "jwt", "private-key",
    ];

    /// <summary>Whether the header must not reach another origin than the one that it was written for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="secrets">Finds the secrets of the run.</param>
    public static bool Has(string name, string value, SecretMask secrets) =>
        Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) || secrets.Apply(value) != value;
}
