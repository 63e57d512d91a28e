using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Handlers;

/// <summary>A request that the framework's HTTP client carries, on threads of its own.</summary>
/// <param name="request">What is sent.</param>
/// <param name="reached">The name that is connected to: the server's, or that of the proxy in front of it.</param>
/// <param name="judge">Says what answers are.</param>
/// <param name="clock">The load's clock.</param>
internal sealed class HandledRequest(LoadRequest request, string reached, AnswerJudge judge, LoopClock clock) : IDisposable
{
    private const int Piece = 16 << 10;

    private readonly CancellationTokenSource stop = new();
    private long sent;
    private volatile bool isAnswering;

    /// <summary>When it was handed to the client, in the loop's ticks; 0 before that.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>When it ended.</summary>
    public long Ended { get; private set; }

    /// <summary>What became of it.</summary>
    public RequestOutcome Outcome { get; private set; }

    /// <summary>The place of its answer's class.</summary>
    public int Class { get; private set; }

    /// <summary>Why it was lost, in one line; null where it was not.</summary>
    public string? Reason { get; private set; }

    /// <summary>What it waits for, as the reason of a request whose time is over.</summary>
    public string Waiting => Sent == 0 ? LossWords.NoThread : isAnswering ? LossWords.NotWhole : LossWords.NotAnswered;

    /// <summary>What this machine had no more of; null where it had all that was needed.</summary>
    public string? Shortage { get; private set; }

    /// <summary>Sends it, and reads its answer to the end.</summary>
    /// <param name="client">The client.</param>
    /// <param name="message">The request as it is sent.</param>
    public async Task CarryAsync(HttpMessageInvoker client, HttpRequestMessage message)
    {
        using var mine = message;
        Volatile.Write(ref sent, clock.Now);
        try
        {
            using var answer = await client.SendAsync(message, stop.Token);
            isAnswering = true;
            var (body, length) = await ReadAsync(answer);
            Ended = clock.Now;
            var head = judge.NeedsHead(request) ? HandlerMessage.Head(answer) : [];
            (Outcome, Class) = judge.Judge(request, (int)answer.StatusCode, head, body.AsSpan(0, length));
            Reason = LossWords.Of(Outcome, (int)answer.StatusCode);
        }
        catch (Exception failure) when (HandlerFailure.IsExpected(failure))
        {
            Ended = clock.Now;
            (Outcome, Shortage) = (HandlerFailure.Outcome(failure), HandlerFailure.Shortage(failure));
            Reason = HandlerFailure.Reason(failure, reached);
        }
    }

    /// <summary>Gives it up. What follows from that goes on elsewhere: the loop waits for nobody.</summary>
    public void Cancel() => _ = stop.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private async Task<(byte[] Body, int Length)> ReadAsync(HttpResponseMessage answer)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop.Token);
        var keeps = judge.NeedsBody(request);
        var memory = new byte[Piece];
        var length = 0;
        byte[]? unread = null;
        while (true)
        {
            var isKept = keeps && length < AnswerPattern.MostBody;
            if (isKept && length == memory.Length)
            {
                Array.Resize(ref memory, memory.Length * 2);
            }

            // What comes behind the part that is looked at is read, and looked at by nobody.
            var count = await stream.ReadAsync(isKept ? memory.AsMemory(length) : unread ??= new byte[Piece], stop.Token);
            if (count == 0)
            {
                return (memory, length);
            }

            length += isKept ? count : 0;
        }
    }
}
