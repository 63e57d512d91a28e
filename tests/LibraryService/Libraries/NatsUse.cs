using NATS.Client.Core;

namespace LibraryService.Libraries;

/// <summary>NATS.Net: a request to a subscriber of this process.</summary>
/// <param name="address">The server.</param>
internal sealed class NatsUse(string address) : ILibraryUse
{
    // Several services may share the server.
    private readonly string subject = $"words.{Environment.ProcessId}";
    private readonly NatsConnection connection = new(new NatsOpts { Url = address });
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim starting = new(1);
    private Task? answering;

    public string Name => "nats";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await SubscribeAsync(cancelling);
        return (await connection.RequestAsync<string, string>(subject, Name, cancellationToken: cancelling)).Data!;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        if (answering is not null)
        {
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await connection.DisposeAsync();
        closing.Dispose();
        starting.Dispose();
    }

    private async Task SubscribeAsync(CancellationToken cancelling)
    {
        await starting.WaitAsync(cancelling);
        try
        {
            if (answering is null)
            {
                await connection.ConnectAsync();
                var subscription = await connection.SubscribeCoreAsync<string>(subject, cancellationToken: closing.Token);
                await connection.PingAsync(cancelling);
                answering = AnswerAsync(subscription);
            }
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task AnswerAsync(INatsSub<string> subscription)
    {
        await foreach (var message in subscription.Msgs.ReadAllAsync(closing.Token))
        {
            try
            {
                await message.ReplyAsync(message.Data, cancellationToken: closing.Token);
            }
            catch (Exception lost) when (lost is not OperationCanceledException)
            {
                // Who asked sees that no answer comes; the next one is answered.
            }
        }
    }
}
