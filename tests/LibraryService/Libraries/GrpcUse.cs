using Grpc.Net.Client;
using LibraryService.Words;

namespace LibraryService.Libraries;

/// <summary>gRPC, with a channel that is kept.</summary>
/// <param name="address">The server.</param>
internal sealed class GrpcUse(Func<Uri> address) : ILibraryUse
{
    private readonly Lazy<GrpcChannel> channel = new(() => GrpcChannel.ForAddress(address()));

    public string Name => "grpc";

    public async Task<string> UseAsync(CancellationToken cancelling) =>
        (await new Words.Words.WordsClient(channel.Value).SayAsync(new SayRequest { Word = "grpc" }, cancellationToken: cancelling)).Word;

    public ValueTask DisposeAsync()
    {
        if (channel.IsValueCreated)
        {
            channel.Value.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
