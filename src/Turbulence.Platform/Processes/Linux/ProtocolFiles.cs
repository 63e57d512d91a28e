using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Moves this process's own standard input and output out of the way of everybody else.</summary>
internal static class ProtocolFiles
{
    private const int DuplicateCloseOnExec = 1030;
    private const int Lowest = 3;

    /// <summary>
    /// The two at their new places; what was the input is then <c>/dev/null</c>, and the output what the error is, or <c>/dev/null</c>
    /// without one.
    /// </summary>
    /// <param name="input">The descriptor of the input.</param>
    /// <param name="output">The descriptor of the output.</param>
    /// <param name="error">The descriptor that is printed to from then on.</param>
    /// <exception cref="IOException">A system call failed.</exception>
    public static (SafeFileHandle Input, SafeFileHandle Output) Take(int input, int output, int error)
    {
        var (ourInput, ourOutput) = (Move(input), Move(output));
        using var nothing = LibC.Open("/dev/null", LibC.OpenReadWrite | LibC.OpenCloseOnExec, 0);
        if (nothing.IsInvalid)
        {
            throw new IOException(SystemError.Last("/dev/null cannot be opened").Message);
        }

        var empty = (int)nothing.DangerousGetHandle();
        Replace(input, empty);
        if (LibC.Duplicate(error, output) < 0)
        {
            Replace(output, empty);
        }

        return (ourInput, ourOutput);
    }

    private static SafeFileHandle Move(int number)
    {
        using var standard = new SafeFileHandle(number, ownsHandle: false);
        var moved = LibC.FileControl(standard, DuplicateCloseOnExec, Lowest);
        return moved >= 0
            ? new(moved, ownsHandle: true)
            : throw new IOException(SystemError.Last($"descriptor {number} cannot be moved").Message);
    }

    private static void Replace(int number, int file)
    {
        if (LibC.Duplicate(file, number) < 0)
        {
            throw new IOException(SystemError.Last($"descriptor {number} cannot be replaced").Message);
        }
    }
}
