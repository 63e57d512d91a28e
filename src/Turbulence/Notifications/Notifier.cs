using System.Collections.Concurrent;
using System.Globalization;

namespace Turbulence.Notifications;

/// <summary>
/// Tells channels of events. Ours: side by side and behind the run's back; each channel hears its events in their order, and the end waits
/// for the slowest, within limits. The reference's way: one channel after another, and everything waits.
/// </summary>
/// <param name="channels">Who is told.</param>
/// <param name="inTurn">Whether it is done the reference's way.</param>
/// <param name="time">The clock.</param>
public sealed class Notifier(IReadOnlyList<INotificationChannel> channels, bool inTurn, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<string> failures = [];
    private volatile bool isGivenUp;
    private readonly Task[] telling = [.. channels.Select(static _ => Task.CompletedTask)];

    /// <summary>How long <see cref="CompleteAsync"/> waits: 5 s, or as long as the most patient channel may take.</summary>
    public TimeSpan Bound => channels.Select(channel => channel.Limit).Append(Patience).Max();

    /// <summary>Whether anybody wants to hear of the event; what nobody wants need not be put together.</summary>
    public bool Wants(string name) => channels.Any(channel => channel.Wants(name));

    /// <summary>Tells every channel that wants to hear of it. Not for several threads at once.</summary>
    /// <param name="notification">What is told.</param>
    /// <param name="goOn">Ends the waiting for a channel, and not the telling.</param>
    /// <returns>Ends when it is on its way; the reference's way, when everybody was told.</returns>
    public async ValueTask SendAsync(Notification notification, CancellationToken goOn = default)
    {
        var envelope = Wants(notification.Name) ? Envelope.Of(notification, time.GetUtcNow()) : null;
        for (var i = 0; envelope is not null && i < channels.Count; i++)
        {
            if (!channels[i].Wants(notification.Name))
            {
                continue;
            }

            var (channel, before) = (channels[i], telling[i]);
            telling[i] = Task.Run(() => TellAsync(before, channel, envelope), CancellationToken.None);
            if (inTurn)
            {
                try
                {
                    await telling[i].WaitAsync(goOn);
                }
                catch (OperationCanceledException)
                {
                    // It is told all the same.
                }
            }
        }
    }

    /// <summary>Waits until everybody was told, at most <see cref="Bound"/>; who was not told by then is a failure, too.</summary>
    /// <returns>What did not get where it should, one line each, without secrets.</returns>
    public async Task<IReadOnlyList<string>> CompleteAsync()
    {
        var all = Task.WhenAll(telling);
        try
        {
            await all.WaitAsync(Bound, time);
        }
        catch (TimeoutException)
        {
            await closing.CancelAsync();
            await all;
        }

        return [.. failures];
    }

    /// <summary>Nobody waits any more: what is on its way is given up at once. Safe from any thread.</summary>
    public void GiveUp()
    {
        try
        {
            isGivenUp = true;
            closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // All was over a moment ago.
        }
    }

    /// <summary>Lets go of everything; call <see cref="CompleteAsync"/> first.</summary>
    public void Dispose() => closing.Dispose();

    private async Task TellAsync(Task before, INotificationChannel channel, Envelope envelope)
    {
        await before;
        string? failure;
        try
        {
            failure = closing.IsCancellationRequested ? TooLate() : await channel.SendAsync(envelope, closing.Token);
        }
        catch (OperationCanceledException)
        {
            failure = TooLate();
        }
#pragma warning disable CA1031 // Whatever is wrong with a channel, the run's verdict and exit code do not depend on it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error.Message;
        }

        if (failure is not null)
        {
            failures.Enqueue(
                $"The notification {envelope.EventName} did not reach {channel.Description}: {failure.ReplaceLineEndings(" ")}");
        }
    }

    private string TooLate() => isGivenUp
        ? "the end was asked not to wait for it"
        : string.Create(CultureInfo.InvariantCulture, $"it took longer than the {Bound.TotalSeconds} s that the end waits for it");
}
