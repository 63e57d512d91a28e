using Grpc.Net.Client;
using LibraryService.Words;

namespace LibraryService.Libraries;

/// <summary>gRPC in both directions at once: each word is answered before the next is said.</summary>
/// <param name="address">The server.</param>
internal sealed class GrpcStreamUse(Func<Uri> address) : ILibraryUse
{
    private readonly Lazy<GrpcChannel> channel = new(() => GrpcChannel.ForAddress(address()));

    public string Name => "grpc-stream";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        using var call = new Words.Words.WordsClient(channel.Value).SayEach(cancellationToken: cancelling);
        List<string> said = [];
        foreach (var word in Name.Split('-'))
        {
            await call.RequestStream.WriteAsync(new SayRequest { Word = word }, cancelling);
            await call.ResponseStream.MoveNext(cancelling);
            said.Add(call.ResponseStream.Current.Word);
        }

        await call.RequestStream.CompleteAsync();
        return string.Join('-', said);
    }

    public ValueTask DisposeAsync()
    {
        if (channel.IsValueCreated)
        {
            channel.Value.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
