using System.Net;
using System.Text;
using Turbulence.Documents;
using Turbulence.Http;

namespace Turbulence.Activities.Http;

/// <summary>Sends what an order says and follows redirects, with the credentials and cookies that belong to each host.</summary>
internal sealed class HttpConversation(HttpCaller caller, HttpOrder order, ActivityCall call, string? netrcPath)
{
    private const int MostRedirects = 30;

    private readonly bool compatible = call.Compatibility == Compatibility.ChaosToolkit;
    private readonly Uri start = order.Url;
    private readonly ExchangeClock clock = new(order.Limits, call.Time);
    private readonly CookieJars cookies = new();

    /// <summary>Where the conversation is now.</summary>
    public Uri Url { get; private set; } = order.Url;

    /// <summary>Carries the conversation out.</summary>
    /// <returns>The last answer, or what went wrong: exactly one of them.</returns>
    public async ValueTask<(HttpAnswer? Answer, HttpTrouble? Trouble)> RunAsync(CancellationToken cancellationToken)
    {
        var request = new HttpRequestPlan(order.Method, start, order.Headers, order.Body);
        Authorize(request);
        for (var redirects = 0; ; redirects++)
        {
            var (answer, trouble) = await caller.CallAsync(order, request, keep: !compatible, clock, cancellationToken);
            if (answer?.RedirectTo is not { } location)
            {
                return (answer, trouble);
            }

            if (redirects == MostRedirects)
            {
                return (null, new(HttpTroubleKind.Unreadable, $"more than {MostRedirects} redirects"));
            }

            if (!HttpUrl.TryFollow(request.Url, location, out var next, out var problem))
            {
                return (null, new(HttpTroubleKind.Unreadable, $"it redirects to '{HttpUrl.Shown(location)}', which is {problem}"));
            }

            request = Follow(request, answer, next);
        }
    }

    private HttpRequestPlan Follow(HttpRequestPlan request, HttpAnswer answer, Uri next)
    {
        var keepsMethod = (HttpStatusCode)answer.Status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        var body = keepsMethod ? request.Body : null;
        var headers = request.Headers;
        cookies.Keep(request.Url, answer.Head.Each("Set-Cookie"));
        if (!HttpOrigin.IsSame(request.Url, next))
        {
            List<string> held = [.. headers.DropCredentials(call.Secrets).Select(static name => $"the header {name}")];
            if (body is not null && HoldsSecret(body))
            {
                body = null;
                held.Add("the body, which holds a secret");
            }

            TellHeld(held, next);
            if (Netrc.Find(netrcPath, next.Host) is { } login)
            {
                headers["Authorization"] = Basic(login.User, login.Password);
            }
        }

        if (body is null)
        {
            headers["Content-Type"] = null;
        }

        Url = next;
        if (cookies.For(next) is { Length: > 0 } cookie)
        {
            headers["Cookie"] = cookie;
        }

        return request with
        {
            Url = next,
            Method = keepsMethod || request.Method == "HEAD" ? request.Method : "GET",
            Body = body,
        };
    }

    // In what it was made of as well: a form or JSON may write a secret as no mask knows it.
    private bool HoldsSecret(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return call.Secrets.Apply(text) != text || !ReferenceEquals(call.Secrets.Apply(order.Arguments), order.Arguments);
    }

    private void TellHeld(List<string> held, Uri next)
    {
        if (held.Count > 0)
        {
            call.Warn(
                $"{order.ShownUrl} redirects to another origin, {HttpUrl.Shown(next.GetLeftPart(UriPartial.Authority))}, which does not get {string.Join(", ", held)}");
        }
    }

    /// <summary>The reference lets the file win over the URL and both over the header; ours lets win what the experiment says.</summary>
    private void Authorize(HttpRequestPlan request)
    {
        if (!compatible && request.Headers["Authorization"] is not null)
        {
            return;
        }

        var own = start.UserInfo.Length > 0 ? FromUrl(start) : null;
        var filed = (own is null || compatible) && Netrc.Find(netrcPath, start.Host) is { } login
            ? Basic(login.User, login.Password)
            : null;
        var credentials = compatible ? filed ?? own : own ?? filed;
        if (credentials is not null)
        {
            request.Headers["Authorization"] = credentials;
        }
    }

    private static string FromUrl(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        return Basic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
