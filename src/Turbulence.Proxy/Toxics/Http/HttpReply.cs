using System.Globalization;
using System.Text;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>An answer that is made here, once for all requests.</summary>
internal sealed class HttpReply
{
    private readonly byte[] head;
    private readonly byte[] lastHead;
    private readonly byte[] whole;
    private readonly byte[] lastWhole;

    /// <summary>Makes one.</summary>
    /// <param name="status">Its status, 200 to 599.</param>
    /// <param name="contentType">What its body is.</param>
    /// <param name="body">Its body.</param>
    public HttpReply(int status, string contentType, string body)
    {
        var hasBody = status is not (204 or 304);
        var bytes = hasBody ? Encoding.UTF8.GetBytes(body) : [];
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {Reason(status)}\r\n");
        if (hasBody)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\n");
            if (bytes.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
            }
        }

        head = Encoding.UTF8.GetBytes($"{text}\r\n");
        lastHead = Encoding.UTF8.GetBytes($"{text}Connection: close\r\n\r\n");
        whole = [.. head, .. bytes];
        lastWhole = [.. lastHead, .. bytes];
    }

    /// <summary>Sends it.</summary>
    public void Send(HttpAnswers answers, in HttpExchange exchange) => answers.Make((exchange.IsHead, exchange.IsLast) switch
    {
        (true, true) => lastHead,
        (true, false) => head,
        (false, true) => lastWhole,
        _ => whole,
    });

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        418 => "I'm a teapot",
        422 => "Unprocessable Content",
        425 => "Too Early",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    };
}
