namespace Turbulence.Proxy.Tests.Decisions;

/// <summary>A disk that is full until it is not.</summary>
internal sealed class FullDisk : MemoryStream
{
    private volatile bool hasRoom;

    public void MakeRoom() => hasRoom = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // As on a real one, a part may find room.
        base.Write(hasRoom ? buffer : buffer[..Math.Min(10, buffer.Length)]);
        if (!hasRoom)
        {
            throw new IOException("No space left on device");
        }
    }
}
