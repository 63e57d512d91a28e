namespace Turbulence.Activities.Http;

/// <summary>The value of a <c>Content-Type</c> header (RFC 9110, section 8.3.1).</summary>
/// <param name="Essence">Type and subtype in lower case: <c>application/json</c>; empty where there is none.</param>
/// <param name="Charset">The parameter <c>charset</c> in lower case, unquoted; null where there is none.</param>
internal readonly record struct MediaType(string Essence, string? Charset)
{
    /// <summary>JSON by its name or by its suffix (RFC 6839): <c>application/json</c>, <c>application/problem+json</c>.</summary>
    public bool IsJson => Essence is "application/json" or "text/json" || Essence.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Reads a header's value; never fails.</summary>
    public static MediaType Parse(string? header)
    {
        var parts = (header ?? "").Split(';', StringSplitOptions.TrimEntries);
        string? charset = null;
        foreach (var parameter in parts.AsSpan(1))
        {
            if (charset is null && parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            {
                charset = parameter["charset=".Length..].Trim('"', ' ').ToLowerInvariant();
            }
        }

        return new MediaType(parts[0].ToLowerInvariant(), charset);
    }
}
