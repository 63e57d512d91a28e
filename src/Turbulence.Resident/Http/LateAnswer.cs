using System.Net;

namespace Turbulence.Resident.Http;

/// <summary>
/// The content of an answer that is read only when the rest of a delay is over. On HTTP/2 a server has often answered before the content of
/// the request has waited to its end, since what a connection sends for others takes the head of the request along.
/// </summary>
internal sealed class LateAnswer : HttpContent
{
    private readonly HttpContent inner;
    private readonly Waiting waiting;

    public LateAnswer(HttpContent inner, Waiting waiting)
    {
        this.inner = inner;
        this.waiting = waiting;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await waiting.OfAsync(cancellationToken).ConfigureAwait(false);
        await inner.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        waiting.Of(cancellationToken);
        inner.CopyTo(stream, context, cancellationToken);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        await waiting.OfAsync(cancellationToken).ConfigureAwait(false);
        return await inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        waiting.Of(cancellationToken);
        return inner.ReadAsStream(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
