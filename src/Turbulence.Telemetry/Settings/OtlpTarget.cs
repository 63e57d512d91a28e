namespace Turbulence.Telemetry.Settings;

/// <summary>Where one signal is sent to, and how.</summary>
/// <param name="Endpoint">The whole URL of HTTP, or the server of gRPC.</param>
/// <param name="IsGrpc">Whether over gRPC; otherwise protobuf over HTTP.</param>
/// <param name="Headers">As OTLP's variables write them: <c>key=value,key2=value2</c>; empty for none. They may hold secrets.</param>
/// <param name="Timeout">How long one request may take, its repetitions included.</param>
/// <param name="IsCompressed">Whether requests are compressed by gzip.</param>
/// <param name="Authorities">The file of the authorities that vouch for the server; null for the system's.</param>
/// <param name="Certificate">The file of the certificate that the client shows; null for none.</param>
/// <param name="Key">The file of its key.</param>
internal sealed record OtlpTarget(
    Uri Endpoint, bool IsGrpc, string Headers, TimeSpan Timeout, bool IsCompressed, string? Authorities, string? Certificate, string? Key)
{
    /// <summary>Where it goes, for people: without user and query, which may be secrets.</summary>
    public string Shown => Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The values of the headers, as they are sent, and what in them may be the secret itself: <c>Bearer TOKEN</c>.</summary>
    public IEnumerable<string> HeaderValues => Headers
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Where(static pair => pair.Contains('=', StringComparison.Ordinal))
        .Select(static pair => Uri.UnescapeDataString(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]).Trim())
        .SelectMany(static value => (string[])[value, value[(value.LastIndexOf(' ') + 1)..]]);
}
