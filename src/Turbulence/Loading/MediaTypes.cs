using System.Net.Http.Headers;

namespace Turbulence.Loading;

/// <summary>Finds a downloaded document's notation by its content type.</summary>
internal static class MediaTypes
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>The formats to try, the likelier first; none for what is not an experiment.</summary>
    /// <param name="contentType">The header as the server sent it; null where there is none.</param>
    /// <param name="path">The URL's path, whose extension decides where a content type says nothing.</param>
    public static IReadOnlyList<DocumentFormat> Formats(string? contentType, string path)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType!.ToLowerInvariant() : "";
        return type switch
        {
            "application/json" or "text/json" => [DocumentFormat.Json],
            "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" => [DocumentFormat.Yaml],
            _ when type.EndsWith("+json", Ordinal) => [DocumentFormat.Json],
            _ when type.EndsWith("+yaml", Ordinal) => [DocumentFormat.Yaml],
            // A page with the right name is a login or an error page.
            "text/html" => [],
            _ when DocumentFormats.OfPath(path) is { } format => [format],
            "text/plain" or "application/octet-stream" or "" => [DocumentFormat.Json, DocumentFormat.Yaml],
            _ => [],
        };
    }

    /// <summary>The same by the reference's rules: whether the header contains a word.</summary>
    public static IReadOnlyList<DocumentFormat> ReferenceFormats(string? contentType) => contentType switch
    {
        null => [],
        _ when contentType.Contains("application/json", Ordinal) => [DocumentFormat.Json],
        _ when contentType.Contains("application/x-yaml", Ordinal) || contentType.Contains("text/yaml", Ordinal) => [DocumentFormat.Yaml],
        _ when contentType.Contains("text/plain", Ordinal) => [DocumentFormat.Json, DocumentFormat.Yaml],
        _ => [],
    };
}
