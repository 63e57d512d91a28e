using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Turbulence.Live.Feeds;

/// <summary>
/// Sends a feed to one browser as server-sent events (<see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>), some
/// lines at a time and at most twenty times a second. A browser that does not read holds up nobody but itself.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="time">The clock.</param>
internal sealed class FeedStream(RunFeed feed, TimeProvider time)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    // Who has gone without a word is noticed when something is sent to him; and he notices when the run stands still.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Sends everything from a line on, to the end of the run.</summary>
    /// <param name="from">The number of the first line.</param>
    /// <param name="response">Takes it.</param>
    /// <param name="canHalt">Whether the page may offer to halt the run.</param>
    /// <param name="aborted">Cancelled when nobody reads any more.</param>
    public async Task SendAsync(long from, HttpResponse response, bool canHalt, CancellationToken aborted)
    {
        response.ContentType = "text/event-stream";
        var text = new ArrayBufferWriter<byte>(4096);
        text.Write(Encoding.UTF8.GetBytes($"event: hello\ndata: {{\"halt\":{(canHalt ? "true" : "false")}}}\n\n"));
        while (true)
        {
            var batch = feed.Read(from, MostBytes);
            Write(text, batch);
            from = batch.Next;
            await response.Body.WriteAsync(text.WrittenMemory, aborted);
            await response.Body.FlushAsync(aborted);
            text.ResetWrittenCount();
            if (batch.IsEnd)
            {
                return;
            }

            await Task.Delay(Pace, time, aborted);
            while (!await IsMoreAsync(from, aborted))
            {
                await response.Body.WriteAsync("event: still\ndata: {}\n\n"u8.ToArray(), aborted);
                await response.Body.FlushAsync(aborted);
            }
        }
    }

    private static void Write(ArrayBufferWriter<byte> text, in FeedBatch batch)
    {
        text.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"id: {batch.Next}\nevent: lines\ndata: {{\"age\":{batch.Age.TotalSeconds:0.###},\"skipped\":{batch.Skipped},\"lines\":[")));
        for (var number = 0; number < batch.Lines.Count; number++)
        {
            text.Write(number == 0 ? [] : ","u8);
            text.Write(batch.Lines[number]);
        }

        text.Write("]}\n\n"u8);
        if (batch.IsEnd)
        {
            text.Write("event: end\ndata: {}\n\n"u8);
        }
    }

    private async Task<bool> IsMoreAsync(long from, CancellationToken aborted)
    {
        try
        {
            await feed.WaitAsync(from, aborted).WaitAsync(Silence, time, aborted);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
