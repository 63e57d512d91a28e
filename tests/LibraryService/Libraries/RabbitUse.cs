using System.Text;
using RabbitMQ.Client;

namespace LibraryService.Libraries;

/// <summary>RabbitMQ.Client: a message is published, confirmed, and fetched.</summary>
/// <param name="address">The server.</param>
internal sealed class RabbitUse(Uri address) : ILibraryUse
{
    private readonly SemaphoreSlim one = new(1);
    private IConnection? connection;
    private IChannel? channel;
    private string queue = "";

    public string Name => "rabbitmq";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        // A channel is for one at a time.
        await one.WaitAsync(cancelling);
        try
        {
            connection ??= await new ConnectionFactory { Uri = address }.CreateConnectionAsync(cancelling);
            if (channel is not { IsOpen: true })
            {
                channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancelling);
                queue = (await channel.QueueDeclareAsync(cancellationToken: cancelling)).QueueName;
            }

            await channel.BasicPublishAsync(exchange: "", queue, mandatory: true, Encoding.UTF8.GetBytes(Name), cancelling);
            var got = await channel.BasicGetAsync(queue, autoAck: true, cancelling);
            return Encoding.UTF8.GetString(got!.Body.Span);
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (channel is not null)
        {
            await channel.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        one.Dispose();
    }
}
