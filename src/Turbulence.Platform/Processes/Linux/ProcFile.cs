using System.Globalization;
using System.Runtime.InteropServices;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>The files of <c>/proc</c>, read without an exception for each process that has just ended.</summary>
internal static unsafe class ProcFile
{
    /// <summary>The file's bytes; null when the process is gone or not for us to see.</summary>
    /// <exception cref="IOException">The system cannot say: we, or all processes together, have too many files open, or memory is
    /// short.</exception>
    public static byte[]? Read(int process, string name)
    {
        using var file = LibC.Open(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{name}"),
            LibC.OpenReadOnly | LibC.OpenCloseOnExec,
            0);
        if (file.IsInvalid)
        {
            return Absent(process, name);
        }

        var bytes = new byte[1024];
        var length = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = bytes)
            {
                count = LibC.Read(file, start + length, bytes.Length - length);
            }

            if (count < 0)
            {
                return Absent(process, name);
            }

            if (count == 0)
            {
                return bytes[..length];
            }

            length += (int)count;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }
    }

    private static byte[]? Absent(int process, string name)
    {
        var error = Marshal.GetLastPInvokeError();
        return Absence.IsGone(error) || Absence.IsForbidden(error)
            ? null
            : throw new IOException(SystemError.Of(error, $"cannot read /proc/{process}/{name}").Message, error);
    }
}
