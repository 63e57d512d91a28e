using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Files;

/// <summary>
/// Every file that this program writes grows here. One that would become larger than the system allows (<c>ulimit -f</c>, or what its file
/// system can hold) is, with .NET, a wrong argument; here it is an error of the file like a full disk, so that whoever is ready for the one
/// is ready for the other.
/// </summary>
public static class GrowingFile
{
    private const int TooLargeError = 27;

    /// <summary>Opens a file as <see cref="FileStream(string, FileStreamOptions)"/> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is opened.</param>
    /// <exception cref="IOException">It cannot be opened; also whenever it can grow no further.</exception>
    public static FileStream Open(string path, FileStreamOptions options) => new LimitedFileStream(path, options);

    /// <summary>Writes at a place of a file, as <see cref="RandomAccess.Write(SafeFileHandle, ReadOnlySpan{byte}, long)"/> does.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="bytes">What is written.</param>
    /// <param name="offset">Where it begins, in bytes.</param>
    /// <exception cref="IOException">It cannot be written, or not grow so far.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw TooLarge(limit);
        }
    }

    /// <summary>Sets the length of a file, as <see cref="RandomAccess.SetLength(SafeFileHandle, long)"/> does.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="length">Its new length in bytes.</param>
    /// <exception cref="IOException">It cannot have that length.</exception>
    public static void SetLength(SafeFileHandle file, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw TooLarge(limit);
        }
    }

    /// <summary>Adds a text to the end of a file, which is made where it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text, in UTF-8.</param>
    /// <exception cref="IOException">It cannot be written, or can grow no further.</exception>
    public static void Append(string path, string text)
    {
        using var file = Open(
            path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// Has the console write to its outputs as to files, where they are none of a terminal: <c>chaos run &gt; lines.txt</c> may meet the
    /// limit, too.
    /// </summary>
    public static void CoverConsole()
    {
        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new StreamWriter(new LimitedStream(Console.OpenStandardOutput()), Console.Out.Encoding) { AutoFlush = true });
        }

        if (Console.IsErrorRedirected)
        {
            Console.SetError(new StreamWriter(new LimitedStream(Console.OpenStandardError()), Console.Error.Encoding) { AutoFlush = true });
        }
    }

    /// <summary>What .NET calls a wrong argument, as the error that it is.</summary>
    internal static IOException TooLarge(ArgumentOutOfRangeException limit) =>
        new("the file would be larger than the system allows (EFBIG)", limit) { HResult = TooLargeError };
}
