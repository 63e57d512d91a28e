using System.Net.Sockets;

namespace Turbulence.Platform.Sockets;

/// <summary>What went wrong with a connection, for people.</summary>
public static class SocketWords
{
    /// <summary>In a few words, without an end.</summary>
    /// <param name="error">The system's error.</param>
    /// <param name="host">The name that was to be reached.</param>
    public static string Of(SocketError error, string host) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"the name '{host}' was not found",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the server reset the connection",
        SocketError.Shutdown => "the server closed the connection while the request was being sent",
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.HostUnreachable => "host unreachable",
        SocketError.TimedOut => "connection timed out",
        SocketError.AccessDenied => "access denied by this machine",
        SocketError.TooManyOpenSockets => "too many open sockets in this process",
        SocketError.AddressNotAvailable => "the address or port cannot be connected to",
        _ => $"the connection broke ({error})",
    };
}
