using System.Net.Sockets;
using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Platform.Sockets;

namespace Turbulence.Load.Handlers;

/// <summary>What becomes of a request that the framework's HTTP client gave up.</summary>
internal static class HandlerFailure
{
    /// <summary>Whether a failure is one that is expected of servers and networks.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>What this machine has no more of; null where it was something else.</summary>
    public static string? Shortage(Exception failure) =>
        failure.GetBaseException() is SocketException socket ? SocketShortage.Of(socket.SocketErrorCode) : null;

    /// <summary>The outcome.</summary>
    public static RequestOutcome Outcome(Exception failure) => Error(failure) switch
    {
        // No connection came about over which it could have been sent.
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError =>
            Shortage(failure) is null ? RequestOutcome.Refused : RequestOutcome.NeverSent,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => RequestOutcome.WrongAnswer,
        _ => RequestOutcome.Reset,
    };

    /// <summary>Why, in one line.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <param name="host">The name that was to be reached.</param>
    public static string Reason(Exception failure, string host)
    {
        if (Shortage(failure) is { } shortage)
        {
            return LossWords.Short(shortage);
        }

        return Error(failure) switch
        {
            HttpRequestError.NameResolutionError => SocketWords.Of(SocketError.HostNotFound, host),
            HttpRequestError.SecureConnectionError =>
                failure.GetBaseException() is UntrustedServerException untrusted ? untrusted.Message : "the TLS handshake failed",
            HttpRequestError.ProxyTunnelError => failure is HttpRequestException { StatusCode: { } status }
                ? $"the proxy did not open a way to the server: status {(int)status}"
                : "the proxy did not open a way to the server",
            HttpRequestError.VersionNegotiationError => "the server does not speak this version of HTTP",
            HttpRequestError.ConfigurationLimitExceeded => "the headers of the answer are longer than 64 KiB",
            HttpRequestError.InvalidResponse => LossWords.NoSense,
            HttpRequestError.HttpProtocolError => "HTTP/2 was broken off: " + Line(failure.GetBaseException().Message),
            HttpRequestError.ResponseEnded => "the connection ended before the answer was whole",
            _ when failure.GetBaseException() is SocketException socket => SocketWords.Of(socket.SocketErrorCode, host),
            _ => Line(failure.GetBaseException().Message),
        };
    }

    private static string Line(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');

    private static HttpRequestError Error(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError,
        HttpRequestException { InnerException: HttpIOException inner } => inner.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };
}
