namespace Turbulence.Http;

/// <summary>
/// Tells whether credentials may follow a redirect: they stay with the origin (scheme, host and port) that they were meant for.
/// </summary>
internal static class HttpOrigin
{
    /// <summary>
    /// Whether both URLs lead to one origin. The way of one host from http to https on the usual ports stays with it; nothing else does.
    /// </summary>
    public static bool IsSame(Uri from, Uri to) =>
        from.Host.Equals(to.Host, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && from.IsDefaultPort && to.IsDefaultPort));
}
