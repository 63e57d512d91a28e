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
    Uri Endpoint, bool IsGrpc, string Headers, TimeSpan Timeout, bool IsCompressed, string? Authorities, string? Certificate, string? Key);
