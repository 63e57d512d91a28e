using System.Globalization;
using System.Text;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>An answer that is made here, once for all requests.</summary>
internal sealed class HttpReply
{
    private readonly byte[] head;
    private readonly byte[] body;

    /// <summary>Makes one.</summary>
    /// <param name="status">Its status, 200 to 599.</param>
    /// <param name="contentType">What its body is.</param>
    /// <param name="body">Its body.</param>
    public HttpReply(int status, string contentType, string body)
    {
        var hasBody = status is not (204 or 304);
        this.body = hasBody ? Encoding.UTF8.GetBytes(body) : [];
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {Reason(status)}\r\n");
        if (hasBody)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {this.body.Length}\r\n");
            if (this.body.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
            }
        }

        head = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Sends it.</summary>
    public void Send(HttpAnswers answers, in HttpExchange exchange)
    {
        answers.Make(head);
        answers.Make(exchange.IsLast ? "Connection: close\r\n\r\n"u8 : "\r\n"u8);
        if (!exchange.IsHead)
        {
            answers.Make(body);
        }
    }

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
