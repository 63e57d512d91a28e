using System.Diagnostics;
using System.Net.Sockets;

namespace Turbulence.Resident.Http;

/// <summary>The exceptions that <see cref="HttpClient"/> itself throws when a call fails.</summary>
internal static class HttpFailure
{
    // What the handler that tells of requests calls the span that it makes for one.
    private const string SpanName = "System.Net.Http.HttpRequestOut";

    /// <summary>A call that came to nothing.</summary>
    /// <param name="how">How, one of the words that the kind knows.</param>
    /// <param name="uri">Where it would have gone.</param>
    public static HttpRequestException Of(string how, Uri uri)
    {
        var failure = how switch
        {
            "refused" => Connecting(SocketError.ConnectionRefused, HttpRequestError.ConnectionError, uri),
            "unreachable" => Connecting(SocketError.HostUnreachable, HttpRequestError.ConnectionError, uri),
            "name" => Connecting(SocketError.HostNotFound, HttpRequestError.NameResolutionError, uri),
            "reset" => new HttpRequestException(
                "An error occurred while sending the request.", Broken(new SocketException((int)SocketError.ConnectionReset))),
            _ => throw new NotSupportedException($"'{how}' is no way for a call to fail"),
        };
        EndSpan(failure);
        return failure;
    }

    /// <summary>A call whose answer never came, though it was sent.</summary>
    public static HttpRequestException AnswerLost() => new(
        HttpRequestError.ResponseEnded,
        "An error occurred while sending the request.",
        new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

    private static HttpRequestException Connecting(SocketError error, HttpRequestError kind, Uri uri)
    {
        var inner = new SocketException((int)error);
        return new HttpRequestException(kind, $"{inner.Message} ({uri.Host}:{uri.Port})", inner);
    }

    private static IOException Broken(SocketException inner) =>
        new($"Unable to read data from the transport connection: {inner.Message}.", inner);

    // Nobody else ends the span of a call whose handler we throw through: it would be missing in the program's telemetry.
    private static void EndSpan(HttpRequestException failure)
    {
        if (Activity.Current is { OperationName: SpanName } span)
        {
            span.SetTag("error.type", failure.HttpRequestError switch
            {
                HttpRequestError.ConnectionError => "connection_error",
                HttpRequestError.NameResolutionError => "name_resolution_error",
                _ => failure.GetType().FullName,
            });
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
            span.Stop();
        }
    }
}
