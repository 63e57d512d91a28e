namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>Forgets what is written. Once it is held, each flush waits until it is released.</summary>
internal sealed class HeldStream : MemoryStream
{
    private readonly SemaphoreSlim entered = new(0);
    private readonly SemaphoreSlim released = new(0);
    private volatile bool isHeld;

    public void Hold() => isHeld = true;

    /// <summary>Waits for a flush that waits.</summary>
    public Task EnteredAsync() => entered.WaitAsync(TestContext.Current.CancellationToken);

    public void Release() => released.Release();

    public void ReleaseForGood()
    {
        isHeld = false;
        released.Release();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
    }

    public override void Flush()
    {
        if (isHeld)
        {
            entered.Release();
            released.Wait();
        }
    }

    protected override void Dispose(bool disposing)
    {
        entered.Dispose();
        released.Dispose();
        base.Dispose(disposing);
    }
}
