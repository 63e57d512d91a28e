using System.Net.Sockets;
using System.Security.Authentication;
using Turbulence.Platform.Sockets;

namespace Turbulence.Activities.Http;

/// <summary>Where a call went wrong.</summary>
internal enum HttpTroubleKind
{
    /// <summary>No answer: no connection, or one that broke before the headers were there.</summary>
    NoAnswer,

    /// <summary>The answer did not come, or not go on, within the time limit.</summary>
    TooLate,

    /// <summary>The connection broke in the middle of the body.</summary>
    CutShort,

    /// <summary>The answer cannot be read, or its redirects cannot be followed.</summary>
    Unreadable,
}

/// <summary>What went wrong with a call.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Words">In plain words.</param>
internal sealed record HttpTrouble(HttpTroubleKind Kind, string Words)
{
    /// <summary>Puts what the handler threw before the headers were there into words.</summary>
    public static HttpTrouble BeforeAnswer(Exception failure, HttpLane lane, HttpExchange exchange, Uri url)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return new(HttpTroubleKind.NoAnswer, SocketWords.Of(socket.SocketErrorCode, url.IdnHost));
            }

            if (cause is AuthenticationException)
            {
                return new(HttpTroubleKind.NoAnswer, lane.CertificateTrouble ?? "the TLS handshake failed");
            }
        }

        return (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new(HttpTroubleKind.NoAnswer, SocketWords.Of(SocketError.HostNotFound, url.IdnHost)),
            HttpRequestError.SecureConnectionError => new(HttpTroubleKind.NoAnswer, lane.CertificateTrouble ?? "the TLS handshake failed"),
            HttpRequestError.ProxyTunnelError => new(HttpTroubleKind.NoAnswer, "the proxy did not open a way to the server"),
            HttpRequestError.ConfigurationLimitExceeded =>
                new(HttpTroubleKind.Unreadable, "the headers of the answer are longer than 64 KiB"),
            HttpRequestError.InvalidResponse => new(HttpTroubleKind.NoAnswer, "what came back is not an HTTP answer"),
            _ => new(HttpTroubleKind.NoAnswer, exchange.Sent
                ? "the server closed the connection without an answer"
                : "the connection could not be made"),
        };
    }
}
