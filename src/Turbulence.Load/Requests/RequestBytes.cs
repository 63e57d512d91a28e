using System.Globalization;
using System.Text;
using Turbulence.Load.Outcomes;
using Turbulence.Platform.Http;

namespace Turbulence.Load.Requests;

/// <summary>
/// A request as it goes over the wire (RFC 9112), made once. What differs is the trace that each belongs to (W3C Trace Context), whose
/// digits are written anew.
/// </summary>
internal sealed class RequestBytes
{
    private readonly byte[] kept;
    private readonly byte[] last;
    private readonly int trace;

    public RequestBytes(LoadRequest request)
    {
        Request = request;
        IsHead = request.Method == "HEAD";
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Url.PathAndQuery} HTTP/1.1\r\n");
        if (!Has("host"))
        {
            // A literal IPv6 address has its brackets there, and the usual port is left out.
            head.Append(
                CultureInfo.InvariantCulture,
                $"Host: {(request.Url.IsDefaultPort ? Host(request.Url) : $"{Host(request.Url)}:{request.Url.Port}")}\r\n");
        }

        if (!Has("traceparent"))
        {
            head.Append("traceparent: ");
            trace = head.Length;
            head.Append('0', RequestTrace.Length).Append("\r\n");
        }

        if (request.Baggage.Count > 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"baggage: {Baggage(request)}\r\n");
        }

        foreach (var (name, value) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {request.Body.Length}\r\n");
        }

        kept = Whole(head.ToString(), "");
        last = Whole(head.ToString(), "Connection: close\r\n");

        bool Has(string name) => request.Headers.Any(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The request.</summary>
    public LoadRequest Request { get; }

    /// <summary>Whether each time that it is sent begins a trace; not where the request names one itself.</summary>
    public bool HasOwnTrace => trace > 0;

    /// <summary>Whether its answers have no body.</summary>
    public bool IsHead { get; }

    /// <summary>How many bytes it has at most.</summary>
    public int Length => last.Length;

    /// <summary>Why a request cannot be sent, in words that follow its name; null where it can.</summary>
    public static string? Problem(LoadRequest request) =>
        !IsToken(request.Method) || request.Method == "CONNECT" ? $"has a method that cannot be sent: {request.Method}"
        : request.Headers.FirstOrDefault(IsBad) is { Key: not null } bad ? $"has a header that cannot be sent: {bad.Key}"
        : request.Baggage.FirstOrDefault(static one => !IsToken(one.Key)) is { Key: not null } strange
            ? $"has baggage whose name cannot be sent: {strange.Key}"
        : request.Baggage.Count > 0 && request.Headers.Any(static field => field.Key.Equals("baggage", StringComparison.OrdinalIgnoreCase))
            ? "has baggage twice, and once as a header"
        : request.Url.UserInfo.Length > 0 ? "has a user name in its URL, which is not sent; send a header Authorization instead"
        : null;

    /// <summary>Writes it.</summary>
    /// <param name="memory">Where; at least <see cref="Length"/> long.</param>
    /// <param name="isLast">Whether the connection is to end with it.</param>
    /// <param name="of">The trace that it begins; not written where the request names one itself.</param>
    /// <returns>How many bytes.</returns>
    public int Write(Span<byte> memory, bool isLast, in RequestTrace of)
    {
        var bytes = isLast ? last : kept;
        bytes.CopyTo(memory);
        if (HasOwnTrace)
        {
            of.Write(memory[trace..]);
        }

        return bytes.Length;
    }

    /// <summary>The value of the header field <c>baggage</c>.</summary>
    public static string Baggage(LoadRequest request) =>
        string.Join(',', request.Baggage.Select(static one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));

    private static bool IsToken(string text) =>
        text.Length > 0 && !Encoding.UTF8.GetBytes(text).AsSpan().ContainsAnyExcept(HttpSyntax.Token);

    // A name of other letters than ASCII's goes over the wire as those who look it up write it.
    private static string Host(Uri url) => url.HostNameType == UriHostNameType.Dns ? url.IdnHost : url.Host;

    private static bool IsBad(KeyValuePair<string, string> field) =>
        !IsToken(field.Key) || Encoding.UTF8.GetBytes(field.Value).AsSpan().ContainsAny(HttpSyntax.NoValue)
        || field.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase)
        || field.Key.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase)
        || field.Key.Equals("connection", StringComparison.OrdinalIgnoreCase)
        || field.Key.Equals("expect", StringComparison.OrdinalIgnoreCase);

    private byte[] Whole(string head, string closing) => [.. Encoding.UTF8.GetBytes($"{head}{closing}\r\n"), .. Request.Body.Span];
}
