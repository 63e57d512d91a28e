using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>Gives the resident of one fault orders: one connection, one line, one answer.</summary>
/// <param name="path">Its socket, as we see it.</param>
/// <param name="token">What was left in its folder.</param>
/// <param name="process">The process that has to be at its other end.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class ResidentDoor(string path, string token, ProcessIdentity process, TimeProvider time)
{
    private const int MostAnswer = 4 << 20;

    // It answers within a millisecond, but for a machine that is busy, or a process that stands still.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Gives an order.</summary>
    /// <param name="order">The order, without its token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DoorAnswer> AskAsync(JsonObject order, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), both.Token);
            }
            catch (SocketException absent)
                when (absent.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable || !File.Exists(path))
            {
                return DoorAnswer.NoDoor;
            }

            if (SocketPeer.Problem(socket, process) is { } stranger)
            {
                return DoorAnswer.Refused($"{path} {stranger}");
            }

            order["token"] = token;
            await socket.SendAsync(Encoding.UTF8.GetBytes(order.ToJsonString() + "\n"), both.Token);
            return await ReadAsync(socket, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DoorAnswer.Refused(string.Create(
                CultureInfo.InvariantCulture, $"process {process.Id} gives no answer within {Patience.TotalSeconds} s{Standing()}"));
        }
        catch (Exception failure) when (failure is SocketException or IOException or ArgumentException)
        {
            return DoorAnswer.Refused($"process {process.Id} does not answer: {failure.Message.TrimEnd('.')}");
        }
    }

    private static async Task<DoorAnswer> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count && answer.Length < MostAnswer)
        {
            answer.Write(buffer, 0, count);
        }

        try
        {
            return answer.Length == 0
                ? DoorAnswer.Refused("what is inside closed the connection without an answer")
                : DoorAnswer.Of(JsonDocument.Parse(answer.ToArray()).RootElement);
        }
        catch (JsonException)
        {
            return DoorAnswer.Refused("what is inside gave an answer that nobody understands");
        }
    }

    private string Standing() =>
        ProcessTable.Find(process.Id) is { State: 'T' or 't' } ? ": it is stopped, and lets go of everything by itself when it goes on" : "";
}
