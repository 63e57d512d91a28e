using Microsoft.AspNetCore.Http;

namespace RandomNumbers.ServiceProcess;

/// <summary>Writes a whole response at once.</summary>
public static class Responses
{
    /// <summary>Answers with a status and a body whose bytes are ready; their length is sent, so the connection stays usable.</summary>
    /// <param name="response">The response; nothing was written to it yet.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="contentType">The <c>Content-Type</c>.</param>
    /// <param name="body">The body; it must not change any more.</param>
    public static Task AnswerAsync(this HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            return Task.CompletedTask;
        }

        var flush = response.BodyWriter.WriteAsync(body, CancellationToken.None);
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }
}
