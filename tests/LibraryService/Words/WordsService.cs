using Grpc.Core;

namespace LibraryService.Words;

/// <summary>The server of gRPC: says the words that it was told.</summary>
internal sealed class WordsService : Words.WordsBase
{
    public override Task<SayReply> Say(SayRequest request, ServerCallContext context) =>
        Task.FromResult(new SayReply { Word = request.Word });

    public override async Task SayEach(
        IAsyncStreamReader<SayRequest> requestStream, IServerStreamWriter<SayReply> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new SayReply { Word = request.Word }, context.CancellationToken);
        }
    }
}
