namespace Turbulence.Activities.Http;

/// <summary>One request as it is to be sent; a redirect makes the next one out of it.</summary>
internal sealed record HttpRequestPlan(string Method, Uri Url, HeaderList Headers, byte[]? Body)
{
    /// <summary>Whether the method only reads, so that sending it twice does no harm (RFC 9110, section 9.2.1).</summary>
    public bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>A new message; one message can be sent once.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Url)
        {
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Body is null ? null : new ByteArrayContent(Body),
        };
        foreach (var (name, value) in Headers.All)
        {
            // How long the body is and how it is framed is for the handler to say.
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
