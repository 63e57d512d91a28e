using System.Net;

namespace Turbulence.Resident.Http;

/// <summary>The content of a request, or none, that waits before it is written. Whoever cancels the request ends the wait.</summary>
internal sealed class LateContent : HttpContent
{
    private readonly HttpContent? inner;
    private readonly TimeSpan time;
    private readonly CancellationToken over;

    /// <param name="inner">What is written then; null for nothing.</param>
    /// <param name="time">How long it waits.</param>
    /// <param name="over">The fault is taken back: it waits no longer.</param>
    public LateContent(HttpContent? inner, TimeSpan time, CancellationToken over)
    {
        this.inner = inner;
        this.time = time;
        this.over = over;
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
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (inner is not null)
        {
            await inner.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
        }
    }

    // Only a caller that waits on its own thread anyway comes here.
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over);
        either.Token.WaitHandle.WaitOne(time);
        cancellationToken.ThrowIfCancellationRequested();
        inner?.CopyTo(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner?.Headers.ContentLength ?? (inner is null ? 0 : -1);
        return length >= 0;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over);
        try
        {
            await Task.Delay(time, TimeProvider.System, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Taken back.
        }
    }
}
