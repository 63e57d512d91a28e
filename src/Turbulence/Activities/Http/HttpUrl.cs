using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Activities.Http;

/// <summary>URLs as they are written in an experiment.</summary>
internal static class HttpUrl
{
    private static readonly char[] AuthorityEnds = ['/', '?', '#'];

    /// <summary>Reads an absolute http or https URL.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Host.Length > 0;

    /// <summary>The URL with <paramref name="query"/> after what it has of one.</summary>
    public static string WithQuery(string url, string query)
    {
        if (query.Length == 0)
        {
            return url;
        }

        var mark = url.IndexOf('#', StringComparison.Ordinal);
        var (front, fragment) = mark < 0 ? (url, "") : (url[..mark], url[mark..]);
        var joint = !front.Contains('?', StringComparison.Ordinal) ? "?" : front[^1] is '?' or '&' ? "" : "&";
        return front + joint + query + fragment;
    }

    /// <summary>The URL as people may see it: without the user name and the password. It need not be a URL.</summary>
    public static string Shown(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var length = url.AsSpan(start).IndexOfAny(AuthorityEnds);
        var authority = length < 0 ? url.AsSpan(start) : url.AsSpan(start, length);
        var at = authority.LastIndexOf('@');
        return at < 0 ? url : string.Concat(url.AsSpan(0, start), url.AsSpan(start + at + 1));
    }
}
