using System.Net;
using System.Text;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Handlers;

/// <summary>Requests and answers as the framework's HTTP client has them.</summary>
internal static class HandlerMessage
{
    /// <summary>A request.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="isHttp2">Whether over HTTP/2.</param>
    /// <param name="isLast">Whether its connection is to end with it.</param>
    /// <param name="trace">The trace that it begins; default where it names one itself.</param>
    public static HttpRequestMessage Of(LoadRequest request, bool isHttp2, bool isLast, RequestTrace trace)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Url)
        {
            Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
        }

        if (trace != default)
        {
            message.Headers.TryAddWithoutValidation("traceparent", trace.ToString());
        }

        if (request.Baggage.Count > 0)
        {
            message.Headers.TryAddWithoutValidation("baggage", RequestBytes.Baggage(request));
        }

        foreach (var (name, value) in request.Headers)
        {
            // Those that describe a body belong to it, also where there is none.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                (message.Content ??= new ReadOnlyMemoryContent(default)).Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Headers.ConnectionClose = isLast ? true : null;
        return message;
    }

    /// <summary>The head of an answer as HTTP/1.1 writes it, whatever it came over.</summary>
    public static byte[] Head(HttpResponseMessage answer)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append((int)answer.StatusCode).Append(" \r\n");
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
