using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Our end of a pipe that a child writes to, read on the event loop into a buffer until everybody who writes has closed it. The child may leave
/// writers behind; they are read (and forgotten) as long as they live, for a closed pipe would kill them.
/// </summary>
internal sealed unsafe class CapturePipe(SafeFileHandle file, CaptureBuffer buffer)
{
    // A pipe holds 64 KiB unless somebody made it larger, up to 1 MiB.
    private const int PipeLimit = 1024 * 1024;

    // Used on the event loop's thread alone.
    private static readonly byte[] Chunk = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    private long key;

    public bool Watch()
    {
        // The loop may call before Watch returns, hence the lock that both take.
        lock (buffer)
        {
            key = EventLoop.Shared.Watch(file, EventLoop.Readable, () => Read(Chunk.Length));
            return key != 0;
        }
    }

    /// <summary>Reads what is in the pipe at this moment. The child has ended, so all that it wrote itself is there now.</summary>
    public void ReadAll() => Read(PipeLimit);

    public void Close()
    {
        file.Dispose();
        buffer.End();
    }

    private void Read(int limit)
    {
        for (var total = 0; total < limit && !file.IsClosed;)
        {
            nint count;
            fixed (byte* start = Chunk)
            {
                count = LibC.Read(file, start, Chunk.Length);
            }

            if (count < 0 && Marshal.GetLastPInvokeError() is LibC.ErrorAgain or LibC.ErrorInterrupted)
            {
                return;
            }

            if (count <= 0)
            {
                lock (buffer)
                {
                    EventLoop.Shared.Stop(key, file);
                }

                Close();
                return;
            }

            buffer.Append(Chunk.AsSpan(0, (int)count));
            total += (int)count;
        }
    }
}
