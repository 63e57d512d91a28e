using Microsoft.AspNetCore.Http;

namespace Turbulence.Live.Serving;

/// <summary>
/// Who is let in. Everybody on the machine reaches a port of it, and every page in the browser can send requests there: so a request has to
/// name a loopback host (a name of somebody else's that leads here does not), bring the token, and, where it is to do something, come from
/// a page of ours.
/// </summary>
/// <param name="token">The server's secret.</param>
internal sealed class PageAccess(PageToken token)
{
    private const string Key = "token";
    private const string Cookie = "chaos";

    /// <summary>The folder that everything is in.</summary>
    public string Folder => token.Folder;

    /// <summary>Judges a request.</summary>
    /// <returns>The status of a refusal and why; null for who is let in.</returns>
    public (int Status, string Why)? Refusal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return (StatusCodes.Status403Forbidden, "This is answered on the loopback interface alone.");
        }

        if (request.Path.Value?.StartsWith(token.Folder, StringComparison.Ordinal) != true)
        {
            return (StatusCodes.Status404NotFound, "There is nothing here: open the address that chaos has printed.");
        }

        if (!token.Is(request.Cookies[Cookie]) && !HasKey(request))
        {
            return (StatusCodes.Status401Unauthorized, "Open the address with the token in it that chaos has printed.");
        }

        // A browser sends it with each request that can do something.
        return HttpMethods.IsPost(request.Method) && request.Headers.Origin.ToString() != $"{Uri.UriSchemeHttp}://{request.Host}"
            ? (StatusCodes.Status403Forbidden, "Only a page of this server can ask for that.")
            : null;
    }

    /// <summary>
    /// Whether the token stands in the address, from where it goes into a cookie: addresses are kept and shown by browsers.
    /// </summary>
    public bool HasKey(HttpRequest request) => HttpMethods.IsGet(request.Method) && token.Is(request.Query[Key]);

    /// <summary>Gives the browser its cookie.</summary>
    public void Admit(HttpResponse response) => response.Cookies.Append(Cookie, token.Text, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = token.Folder,
    });

    /// <summary>The address that lets its reader in.</summary>
    public Uri Address(int port) => new(FormattableString.Invariant($"http://127.0.0.1:{port}{token.Folder}?{Key}={token.Text}"));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}
