using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Waits for a file on the thread that asks (<c>poll</c>(2)), without anybody who would have to be woken for it.</summary>
internal static class FilePoll
{
    /// <summary>Waits until the file is ready.</summary>
    /// <param name="file">The file.</param>
    /// <param name="events">What for: <see cref="EventLoop.Readable"/> or <see cref="EventLoop.Writable"/>.</param>
    /// <param name="longest">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>Whether it is ready; false as well where it was closed.</returns>
    public static unsafe bool Wait(SafeFileHandle file, uint events, TimeSpan longest)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);

            // struct pollfd: the descriptor, then 16 bits of what is asked (the same bits as epoll's) and 16 of what came.
            var entry = ((long)events << 32) | (uint)file.DangerousGetHandle();
            // The end of a child is itself told by a signal, which ends a wait.
            var isForEver = longest == Timeout.InfiniteTimeSpan;
            var end = Environment.TickCount64 + (long)longest.TotalMilliseconds;
            int result;
            do
            {
                result = LibC.Poll(&entry, 1, isForEver ? -1 : (int)Math.Max(0, end - Environment.TickCount64));
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorInterrupted);

            return result > 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }
}
