using MassTransit;

namespace LibraryService.Libraries;

/// <summary>MassTransit over RabbitMQ: a request to a consumer of this process.</summary>
/// <param name="address">The server.</param>
internal sealed class MassTransitUse(Uri address) : ILibraryUse
{
    // Several services may share the server.
    private readonly string queue = $"words-masstransit-{Environment.ProcessId}";
    private readonly SemaphoreSlim starting = new(1);
    private IBusControl? bus;
    private IClientFactory? clients;

    public string Name => "masstransit";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await StartAsync(cancelling);
        var client = clients!.CreateRequestClient<SayWord>(new Uri($"exchange:{queue}?durable=false&autodelete=true"), RequestTimeout.After(s: 5));
        return (await client.GetResponse<WordSaid>(new SayWord(Name), cancelling)).Message.Word;
    }

    public async ValueTask DisposeAsync()
    {
        if (bus is not null)
        {
            await bus.StopAsync();
        }

        starting.Dispose();
    }

    private async Task StartAsync(CancellationToken cancelling)
    {
        await starting.WaitAsync(cancelling);
        try
        {
            if (clients is not null)
            {
                return;
            }

            bus = Bus.Factory.CreateUsingRabbitMq(configured =>
            {
                configured.Host(address);
                configured.ReceiveEndpoint(queue, endpoint =>
                {
                    endpoint.AutoDelete = true;
                    endpoint.Durable = false;
                    endpoint.Handler<SayWord>(consumed => consumed.RespondAsync(new WordSaid(consumed.Message.Word)));
                });
            });
            await bus.StartAsync(cancelling);
            clients = bus.CreateClientFactory();
        }
        finally
        {
            starting.Release();
        }
    }
}

/// <summary>Asks for a word.</summary>
/// <param name="Word">The word.</param>
public sealed record SayWord(string Word);

/// <summary>Its answer.</summary>
/// <param name="Word">The word.</param>
public sealed record WordSaid(string Word);
