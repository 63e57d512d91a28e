namespace Turbulence.Loading;

/// <summary>The parts of a source that is not a file, cut as the reference cuts them.</summary>
internal static class SourceUrl
{
    /// <summary>The scheme in small letters; null where the source has none.</summary>
    public static string? Scheme(string source)
    {
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : source[..colon];
        return scheme is [var first, ..]
            && char.IsAsciiLetter(first)
            && scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? scheme.ToLowerInvariant()
            : null;
    }

    /// <summary>The host as the URL writes it, with its port where that is not the scheme's own.</summary>
    public static string Netloc(Uri url) => url.Authority;

    /// <summary>The URL as people and journals may see it: user, password, query and fragment can hold secrets.</summary>
    public static string Shown(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
