using System.Buffers;
using System.Text.Json;

namespace Turbulence.Hosts.Protocol;

/// <summary>
/// Writes messages, one a line and never one into another. A message goes straight to the stream where there is room; where
/// there is none it waits in memory, so that nobody who writes is held up.
/// </summary>
/// <param name="stream">Where they go.</param>
internal sealed class MessageWriter(Stream stream) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource closed = new();
    private readonly Utf8JsonWriter json = new(Stream.Null);
    private ArrayBufferWriter<byte> filling = new(4096);
    private ArrayBufferWriter<byte> flushing = new(4096);
    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long end;
    private bool busy;

    /// <summary>Ends when the other side does not read any more.</summary>
    public Task Broken => broken.Task;

    /// <summary>Writes what the other side reads before the first message; nothing else may be written meanwhile.</summary>
    public async Task WriteFirstAsync(ReadOnlyMemory<byte> preamble, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(preamble, cancellationToken);
        end = preamble.Length;
    }

    /// <summary>Writes a request, or without an id a notification.</summary>
    /// <returns>Where in the stream it ends.</returns>
    public long Write(long? id, string method, Action<Utf8JsonWriter> parameters) => Write(writer =>
    {
        if (id is { } number)
        {
            writer.WriteNumber("id"u8, number);
        }

        writer.WriteString("method"u8, method);
        writer.WritePropertyName("params"u8);
        parameters(writer);
    });

    /// <summary>Answers a request with: there is no such method.</summary>
    public void WriteRefusal(long id) => Write(writer =>
    {
        writer.WriteNumber("id"u8, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, -32601);
        writer.WriteString("message"u8, "there is no such method");
        writer.WriteEndObject();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        closed.Cancel();
        lock (gate)
        {
            json.Dispose();
        }
    }

    private long Write(Action<Utf8JsonWriter> members)
    {
        long itsEnd;
        lock (gate)
        {
            if (closed.IsCancellationRequested)
            {
                return long.MaxValue;
            }

            var before = filling.WrittenCount;
            try
            {
                json.Reset(filling);
                json.WriteStartObject();
                json.WriteString("jsonrpc"u8, "2.0"u8);
                members(json);
                json.WriteEndObject();
                json.Flush();
                filling.Write("\n"u8);
            }
            catch
            {
                // Half a message must not go out; the whole ones before it must.
                TakeBack(before);
                throw;
            }

            itsEnd = end += filling.WrittenCount - before;
            if (busy)
            {
                return itsEnd;
            }

            busy = true;
        }

        _ = FlushAsync();
        return itsEnd;
    }

    private void TakeBack(int before)
    {
        var whole = filling.WrittenSpan[..before].ToArray();
        filling = new ArrayBufferWriter<byte>(4096);
        filling.Write(whole);
    }

    private async Task FlushAsync()
    {
        try
        {
            while (true)
            {
                lock (gate)
                {
                    if (filling.WrittenCount == 0)
                    {
                        busy = false;
                        return;
                    }

                    (filling, flushing) = (flushing, filling);
                }

                await stream.WriteAsync(flushing.WrittenMemory, closed.Token);
                if (flushing.Capacity > 1024 * 1024)
                {
                    flushing = new ArrayBufferWriter<byte>(4096);
                }

                flushing.ResetWrittenCount();
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            await closed.CancelAsync();
            broken.TrySetResult();
        }
    }
}
