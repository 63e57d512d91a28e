using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Moves this process's own standard input and output out of the way of everybody else.</summary>
internal static class ProtocolFiles
{
    private const int DuplicateCloseOnExec = 1030;
    private const int Lowest = 3;

    /// <summary>The two at their new places; 0 is then <c>/dev/null</c> and 1 what 2 is, or <c>/dev/null</c> without a standard error.</summary>
    /// <exception cref="IOException">A system call failed.</exception>
    public static (SafeFileHandle Input, SafeFileHandle Output) Take()
    {
        var input = Move(0);
        var output = Move(1);
        using var nothing = LibC.Open("/dev/null", LibC.OpenReadWrite | LibC.OpenCloseOnExec, 0);
        if (nothing.IsInvalid)
        {
            throw new IOException(SystemError.Last("/dev/null cannot be opened").Message);
        }

        var empty = (int)nothing.DangerousGetHandle();
        Replace(0, empty);
        if (LibC.Duplicate(2, 1) < 0)
        {
            Replace(1, empty);
        }

        return (input, output);
    }

    private static SafeFileHandle Move(int number)
    {
        using var standard = new SafeFileHandle(number, ownsHandle: false);
        var moved = LibC.FileControl(standard, DuplicateCloseOnExec, Lowest);
        return moved >= 0 ? new(moved, ownsHandle: true) : throw new IOException(SystemError.Last($"descriptor {number} cannot be moved").Message);
    }

    private static void Replace(int number, int file)
    {
        if (LibC.Duplicate(file, number) < 0)
        {
            throw new IOException(SystemError.Last($"descriptor {number} cannot be replaced").Message);
        }
    }
}
