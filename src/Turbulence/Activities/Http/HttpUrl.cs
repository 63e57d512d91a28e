using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Turbulence.Activities.Http;

/// <summary>URLs as they are written in an experiment.</summary>
internal static class HttpUrl
{
    private static readonly char[] AuthorityEnds = ['/', '?', '#'];

    /// <summary>Reads an absolute http or https URL.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) => TryParse(text, out url, out _);

    /// <summary>Reads an absolute http or https URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The URL.</param>
    /// <param name="problem">What it is instead, to stand after "is"; without a part of the text that could be a credential.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem)
    {
        var trimmed = text.Trim();
        var known = Uri.TryCreate(trimmed, UriKind.Absolute, out url);
        problem = !IsHttp(trimmed, known ? url : null) ? "neither an http nor an https URL"
            : known && url!.Host.Length > 0 ? null
            : $"no URL: {Trouble(trimmed)}";
        url = problem is null ? url : null;
        return problem is null;
    }

    /// <summary>Reads where an answer from <paramref name="from"/> redirects to; it may be relative.</summary>
    /// <param name="from">Who redirects.</param>
    /// <param name="location">Where to.</param>
    /// <param name="url">The URL.</param>
    /// <param name="problem">What it is instead, to stand after "is".</param>
    public static bool TryFollow(Uri from, string location, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem) =>
        Uri.TryCreate(from, location, out url) ? TryParse(url.AbsoluteUri, out url, out problem) : TryParse(location, out url, out problem);

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
        var (start, authority) = Authority(url);
        var at = authority.LastIndexOf('@');
        return at < 0 ? url : string.Concat(url.AsSpan(0, start), url.AsSpan(start + at + 1));
    }

    private static bool IsHttp(string text, Uri? url) => url is null
        ? text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        : url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    private static string Trouble(string url)
    {
        var (_, authority) = Authority(url);
        var place = authority[(authority.LastIndexOf('@') + 1)..].ToString();
        var bracket = place.LastIndexOf(']');
        var colon = place.StartsWith('[') && bracket < 0 ? -1 : place.IndexOf(':', Math.Max(bracket, 0));
        var host = colon < 0 ? place : place[..colon];
        if (host.Length == 0)
        {
            return "it names no host";
        }

        if (colon >= 0 && place[(colon + 1)..] is { Length: > 0 } port
            && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ushort.MaxValue))
        {
            return $"'{port}' is not a port, which is a number up to {ushort.MaxValue}";
        }

        return $"'{host}' cannot be the name or the address of a host";
    }

    private static (int Start, string Text) Authority(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;

        // Where the URL cannot be read, what stands before any @ may be a password with a slash in it.
        var at = Uri.TryCreate(url, UriKind.Absolute, out _) ? -1 : url.LastIndexOf('@');
        var end = url.IndexOfAny(AuthorityEnds, Math.Max(start, at));
        return (start, end < 0 ? url[start..] : url[start..end]);
    }
}
