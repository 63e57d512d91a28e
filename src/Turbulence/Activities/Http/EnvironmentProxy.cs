using System.Net;

namespace Turbulence.Activities.Http;

/// <summary>
/// The proxies that an environment names, for one that is not the process's: <c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c> and
/// <c>no_proxy</c>, in lower case first and then in upper case. In <c>no_proxy</c> a name stands for itself and what is beneath it, and
/// <c>*</c> for everything.
/// </summary>
public sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? forHttp;
    private readonly Uri? forHttps;
    private readonly string[] direct;

    private EnvironmentProxy(Func<string, string?> environment)
    {
        var all = Address(environment, "all_proxy");
        forHttp = Address(environment, "http_proxy") ?? all;
        forHttps = Address(environment, "https_proxy") ?? all;
        direct = (Value(environment, "no_proxy") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if ((forHttp ?? forHttps)?.UserInfo is { Length: > 0 } login)
        {
            var parts = login.Split(':', 2);
            Credentials = new NetworkCredential(
                Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
        }
    }

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <summary>
    /// The proxies of an environment that names others than the process's; null where it names the same, which the system's own proxies are
    /// asked for then.
    /// </summary>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="process">Reads a variable of the process.</param>
    public static EnvironmentProxy? Of(Func<string, string?> environment, Func<string, string?> process) =>
        Names().All(name => environment(name) == process(name)) ? null : new EnvironmentProxy(environment);

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? forHttps : forHttp;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) =>
        (host.Scheme == Uri.UriSchemeHttps ? forHttps : forHttp) is null || Array.Exists(direct, name => name == "*"
        || host.IdnHost.Equals(name.TrimStart('.'), StringComparison.OrdinalIgnoreCase)
        || host.IdnHost.EndsWith($".{name.TrimStart('.')}", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names() =>
        ((string[])["http_proxy", "https_proxy", "all_proxy", "no_proxy"]).SelectMany(
            static name => new[] { name, name.ToUpperInvariant() });

    private static string? Value(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } lower ? lower : environment(name.ToUpperInvariant()) is { Length: > 0 } upper ? upper : null;

    private static Uri? Address(Func<string, string?> environment, string name) =>
        Value(environment, name) is { } text && Uri.TryCreate(
            text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address) ? address : null;
}
