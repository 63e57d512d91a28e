using System.Net;

namespace Turbulence.Resident.Http;

/// <summary>The content of a request, or none, that waits before it is written. Whoever cancels the request ends the wait.</summary>
internal sealed class LateContent : HttpContent
{
    private readonly HttpContent? inner;
    private readonly Waiting waiting;

    /// <param name="inner">What is written then; null for nothing.</param>
    /// <param name="waiting">How long it waits.</param>
    public LateContent(HttpContent? inner, Waiting waiting)
    {
        this.inner = inner;
        this.waiting = waiting;
        if (inner is not null)
        {
            foreach (var (name, values) in inner.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await waiting.OfAsync(cancellationToken).ConfigureAwait(false);
        if (inner is not null)
        {
            await inner.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
        }
    }

    // Only a caller that waits on its own thread anyway comes here.
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        waiting.Of(cancellationToken);
        inner?.CopyTo(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner?.Headers.ContentLength ?? (inner is null ? 0 : -1);
        return length >= 0;
    }
}
