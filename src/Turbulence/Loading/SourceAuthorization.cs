using System.Text;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>Decides who is shown which credentials.</summary>
/// <param name="options">Holds the credentials.</param>
internal sealed class SourceAuthorization(LoadOptions options)
{
    private const string TokenVariable = "CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN";
    private const string HostsVariable = "TURBULENCE_LOADER_AUTH_HOSTS";

    /// <summary>The value of the header <c>Authorization</c> for <paramref name="url"/>; null for none.</summary>
    public string? For(Uri url)
    {
        if (Token is { } token && MaySeeToken(url))
        {
            return $"bearer {token}";
        }

        if (Find(url) is { } auth)
        {
            return $"{auth.Type} {auth.Value}";
        }

        return url.UserInfo.Length == 0
            ? null
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
    }

    /// <summary>What to do where <paramref name="url"/> refused a request that went without the token; empty for nothing.</summary>
    public string Hint(Uri url) => Token is not null && !MaySeeToken(url)
        ? $" (the token of {TokenVariable} was not sent: name {SourceUrl.Netloc(url)} in {HostsVariable} or in the settings' auths)"
        : "";

    private string? Token => options.Environment(TokenVariable)?.Trim() is { Length: > 0 } token ? token : null;

    private bool MaySeeToken(Uri url) => options.Compatibility == Compatibility.ChaosToolkit || Find(url) is not null || IsNamed(url);

    private bool IsNamed(Uri url) => (options.Environment(HostsVariable) ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(netloc => IsNetlocOf(url, netloc));

    private SourceAuth? Find(Uri url) => options.Auths.FirstOrDefault(auth => IsNetlocOf(url, auth.Key)).Value;

    /// <summary>Hosts have no case; the scheme's own port may be written or not.</summary>
    private static bool IsNetlocOf(Uri url, string netloc) =>
        netloc.Equals(url.Authority, StringComparison.OrdinalIgnoreCase)
        || (url.IsDefaultPort && netloc.Equals($"{url.Host}:{url.Port}", StringComparison.OrdinalIgnoreCase));
}
