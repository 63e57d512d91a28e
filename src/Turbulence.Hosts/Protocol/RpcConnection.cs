using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Protocol;

/// <summary>
/// One side of a JSON-RPC 2.0 conversation over two streams, one message a line. Requests may be sent from any thread, and any
/// number of them may wait for their answers.
/// </summary>
/// <param name="reading">Where the other side's messages come from.</param>
/// <param name="writing">Where ours go.</param>
/// <param name="notified">Receives the other side's notifications, one at a time; what it takes holds everything up.</param>
/// <param name="printed">Hears what comes before the first message: what ran before the worker could take its streams has printed
/// it.</param>
internal sealed class RpcConnection(Stream reading, Stream writing, Action<string, JsonNode?> notified, Action<string> printed)
    : IDisposable
{
    private const int LongestPrinted = 64 * 1024;

    // Who sends has nothing to do until the answer comes; but for longer than that, or through more that is told meanwhile, no thread is
    // kept.
    private const int MostAttended = 8;
    private static readonly TimeSpan Attendance = TimeSpan.FromMilliseconds(2);

    private readonly MessageWriter writer = new(writing);
    private readonly Dictionary<long, TaskCompletionSource<RpcReply>> pending = [];
    private long lastId;
    private bool closed;

    /// <summary>Ends when the other side does not read any more.</summary>
    public Task Deaf => writer.Broken;

    /// <summary>Whether it can be found out what the other side has not read.</summary>
    public bool IsTraceable => writing is ITraceable;

    /// <summary>Where in the stream the other side is by now at most. A request that ends behind it was not begun.</summary>
    public long MostRead => writing is ITraceable traceable ? traceable.MostRead : long.MaxValue;

    /// <summary>Hands over what the other side reads before the first message.</summary>
    public Task BeginAsync(ReadOnlyMemory<byte> preamble, CancellationToken cancellationToken) =>
        writer.WriteFirstAsync(preamble, cancellationToken);

    /// <summary>
    /// Sends a request, and waits a moment for its answer on the thread that sends: what comes is read here then, and nobody has to be
    /// woken for it.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Writes the value of <c>params</c>.</param>
    /// <param name="answer">Its answer, which may also be <see cref="RpcReply.Lost"/>; there already where it came at once.</param>
    public SentRequest Send(string method, Action<Utf8JsonWriter> parameters, out Task<RpcReply> answer)
    {
        using var attendance = (reading as IAttendable)?.Attend();
        var request = Post(method, parameters, out answer);
        for (var i = 0; i < MostAttended && !answer.IsCompleted && attendance?.ReadNext(Attendance) == true; i++)
        {
        }

        return request;
    }

    /// <summary>Sends a notification.</summary>
    public void Notify(string method, Action<Utf8JsonWriter> parameters) => writer.Write(null, method, parameters);

    /// <summary>Reads what the other side sends until that cannot go on.</summary>
    /// <returns>Why not: null at the end of the stream, else what was wrong with a line.</returns>
    public async Task<string?> ReadAsync()
    {
        using var lines = new LineReader(reading);
        var isGreeted = false;
        while (true)
        {
            switch (await lines.NextAsync(CancellationToken.None))
            {
                case LineRead.End:
                    return null;
                case LineRead.TooLong:
                    return $"wrote a line of more than 64 MiB to its standard output: {Start(lines.Line)}";
            }

            if (!RpcMessage.TryRead(lines.Line, out var message, out var problem))
            {
                if (!isGreeted)
                {
                    Tell(lines.Line);
                    continue;
                }

                return $"wrote a line to its standard output that is no message ({problem}): {Start(lines.Line)}";
            }

            isGreeted = true;
            if (message.Method is null && !Answered(message))
            {
                return string.Create(CultureInfo.InvariantCulture, $"answered request {message.Id}, which nobody made");
            }

            if (message.Method is { } method)
            {
                Take(method, message);
            }
        }
    }

    /// <summary>No answer is waited for any longer, and none of what is asked from now on.</summary>
    public void Close()
    {
        List<TaskCompletionSource<RpcReply>> lost;
        lock (pending)
        {
            closed = true;
            lost = [.. pending.Values];
            pending.Clear();
        }

        lost.ForEach(waiting => waiting.TrySetResult(RpcReply.Lost));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        writer.Dispose();
    }

    private SentRequest Post(string method, Action<Utf8JsonWriter> parameters, out Task<RpcReply> answer)
    {
        var waiting = new TaskCompletionSource<RpcReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer = waiting.Task;
        long id;
        lock (pending)
        {
            id = ++lastId;
            if (closed)
            {
                waiting.SetResult(RpcReply.Lost);
                return new SentRequest(id, long.MaxValue);
            }

            pending.Add(id, waiting);
        }

        try
        {
            return new SentRequest(id, writer.Write(id, method, parameters));
        }
        catch
        {
            // Whatever it is, it is thrown on: nobody may wait for an answer to what was not sent.
            lock (pending)
            {
                pending.Remove(id);
            }

            throw;
        }
    }

    private static string Start(ReadOnlySpan<byte> line)
    {
        const int Shown = 200;
        return line.Length == 0
            ? "an empty line"
            : Encoding.UTF8.GetString(line[..Math.Min(line.Length, Shown)]) + (line.Length > Shown ? "…" : "");
    }

    private void Tell(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0)
        {
            printed(Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestPrinted)]));
        }
    }

    private bool Answered(RpcMessage message)
    {
        TaskCompletionSource<RpcReply>? waiting;
        lock (pending)
        {
            if (!pending.Remove(message.Id!.Value, out waiting))
            {
                return false;
            }
        }

        waiting.TrySetResult(message.Error is null ? new RpcReply(message.Result) : new RpcReply(null, Words(message.Error)));
        return true;
    }

    private void Take(string method, RpcMessage message)
    {
        if (message.Id is not { } id)
        {
            notified(method, message.Parameters);
            return;
        }

        // We have nothing to ask for; an answer keeps the other side from waiting for ever.
        writer.WriteRefusal(id);
    }

    private static string Words(JsonNode error) =>
        error is JsonObject map && map["message"] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : error.ToJsonString();
}
