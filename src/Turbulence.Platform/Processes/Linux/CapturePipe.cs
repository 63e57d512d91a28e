using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Our end of a pipe that a child writes to, read on the event loop into a buffer until everybody who writes has closed it. The child may
/// leave writers behind; they are read (and forgotten) as long as they live, for a closed pipe would kill them.
/// </summary>
internal sealed unsafe class CapturePipe(SafeFileHandle file, CaptureBuffer buffer)
{
    // A pipe holds 64 KiB unless somebody made it larger, up to 1 MiB.
    private const int PipeLimit = 1024 * 1024;
    private const int ChunkBytes = 64 * 1024;
    private long key;

    /// <summary>Whether it has come to its end.</summary>
    public bool HasEnded => file.IsClosed;

    public bool Watch()
    {
        // The loop may call before Watch returns, hence the lock that both take.
        lock (buffer)
        {
            key = EventLoop.Shared.Watch(file, EventLoop.Readable, () => Read(ChunkBytes));
            return key != 0;
        }
    }

    /// <summary>Reads what is in the pipe at this moment. The child has ended, so all that it wrote itself is there now.</summary>
    public void ReadAll() => Read(PipeLimit);

    private void Close()
    {
        file.Dispose();
        buffer.End();
    }

    // On the event loop, or before anything is watched on the thread of who attends to the child.
    private void Read(int limit)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            Read(limit, chunk);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private void Read(int limit, byte[] chunk)
    {
        for (var total = 0; total < limit && !file.IsClosed;)
        {
            nint count;
            fixed (byte* start = chunk)
            {
                count = LibC.Read(file, start, chunk.Length);
            }

            if (count < 0 && Marshal.GetLastPInvokeError() is LibC.ErrorAgain or LibC.ErrorInterrupted)
            {
                return;
            }

            if (count <= 0)
            {
                lock (buffer)
                {
                    if (key != 0)
                    {
                        EventLoop.Shared.Stop(key, file);
                    }
                }

                Close();
                return;
            }

            buffer.Append(chunk.AsSpan(0, (int)count));
            total += (int)count;
        }
    }
}
