using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>
/// The diagnostics channel that every CoreCLR process listens on unless it was told not to: a Unix socket
/// <c>dotnet-diagnostic-PID-KEY-socket</c> in its temporary folder. Two of its commands are spoken here, as
/// <c>dotnet/diagnostics/documentation/design-docs/ipc-protocol.md</c> describes them: what runtime it is, and "load this assembly".
/// </summary>
/// <param name="path">The socket, as we see it.</param>
/// <param name="process">The process that has to be at its other end.</param>
internal sealed class DiagnosticsChannel(string path, ProcessIdentity process)
{
    private const int HeaderSize = 20;
    private const byte ProcessCommands = 0x04;
    private const byte ProcessInfo2 = 0x04;
    private const byte ApplyStartupHook = 0x07;
    private const byte Answered = 0xFF;
    private const byte Ok = 0x00;

    private static readonly byte[] Magic = "DOTNET_IPC_V1\0"u8.ToArray();

    /// <summary>Asks what runtime is in the process.</summary>
    public async Task<RuntimeFacts> AskAsync(CancellationToken cancellationToken)
    {
        var (payload, problem) = await CallAsync(ProcessInfo2, [], cancellationToken);
        return problem is not null ? new RuntimeFacts("", "", problem) : RuntimeFacts.Read(payload);
    }

    /// <summary>
    /// Lets the runtime load an assembly and call its <c>StartupHook.Initialize</c>; it has returned when this returns. An assembly that
    /// cannot be loaded ends the process: the file has to be there, whole, as the process sees it.
    /// </summary>
    /// <param name="assembly">Its path, as the process sees it.</param>
    /// <param name="cancellationToken">Ends the wait; the order stands then all the same.</param>
    /// <returns>Why the runtime did not, in one line; null where it did.</returns>
    public async Task<string?> LoadAsync(string assembly, CancellationToken cancellationToken)
    {
        var text = Encoding.Unicode.GetBytes(assembly + '\0');
        var payload = new byte[sizeof(uint) + text.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, (uint)(assembly.Length + 1));
        text.CopyTo(payload, sizeof(uint));
        return (await CallAsync(ApplyStartupHook, payload, cancellationToken)).Problem;
    }

    private async Task<(byte[] Payload, string? Problem)> CallAsync(byte command, byte[] payload, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            if (SocketPeer.Problem(socket, process) is { } stranger)
            {
                return ([], $"its diagnostics channel {stranger}");
            }

            var message = new byte[HeaderSize + payload.Length];
            Magic.CopyTo(message, 0);
            BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
            message[16] = ProcessCommands;
            message[17] = command;
            payload.CopyTo(message, HeaderSize);
            await socket.SendAsync(message, cancellationToken);

            await using var stream = new NetworkStream(socket);
            var header = new byte[HeaderSize];
            await stream.ReadExactlyAsync(header, cancellationToken);
            var answer = new byte[Math.Max(0, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(14)) - HeaderSize)];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return header[16] == Answered && header[17] == Ok ? (answer, null) : (answer, Refusal(answer));
        }
        catch (Exception failure) when (failure is SocketException or IOException or ArgumentException)
        {
            return ([], $"its diagnostics channel does not answer: {failure.Message.TrimEnd('.')}");
        }
    }

    // An HRESULT; those that it is documented to give have words.
    private static string Refusal(byte[] answer)
    {
        var code = answer.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : 0;
        return code switch
        {
            0x80131384 or 0x80131385 => "its runtime does not know how to load an assembly (native AOT, or older than .NET 8)",
            _ => string.Create(CultureInfo.InvariantCulture, $"its runtime did not load the assembly (0x{code:X8})"),
        };
    }
}
