using System.Net.Sockets;
using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;

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

    private static HttpRequestError Error(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError,
        HttpRequestException { InnerException: HttpIOException inner } => inner.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };
}
