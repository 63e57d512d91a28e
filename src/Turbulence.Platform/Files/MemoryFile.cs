using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// A page of text in memory that a process writes and others read, who may look into it: by <c>/proc</c>, without its help and without a
/// file on a disk (<c>memfd_create</c>(2)). It is gone with the process. Linux only.
/// </summary>
public sealed class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;
    private const int Size = 512;
    private const int MostDescriptors = 64;
    private const int MostReads = 100;

    private readonly SafeFileHandle file;
    private readonly byte[] page = new byte[Size];

    private MemoryFile(SafeFileHandle file) => this.file = file;

    /// <summary>Makes one, and says what is in it first.</summary>
    /// <param name="name">What it is found by.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">There is no memory or no descriptor left.</exception>
    public static MemoryFile Make(string name, string text)
    {
        var file = LibC.CreateMemoryFile(name, CloseOnExec);
        if (file.IsInvalid)
        {
            file.Dispose();
            throw new IOException(SystemError.Last("no memory for a file").Message);
        }

        var made = new MemoryFile(file);
        made.Write(text);
        return made;
    }

    /// <summary>Puts another text into its place, of which 511 bytes are kept.</summary>
    public void Write(string text)
    {
        Array.Clear(page);
        Encoding.UTF8.GetEncoder().Convert(text, page.AsSpan(0, Size - 1), flush: true, out _, out _, out _);
        RandomAccess.Write(file, page, 0);
    }

    /// <summary>Reads the text that a process has in its file of this name.</summary>
    /// <returns>The text; null where there is no such process or file, or it is not ours to read.</returns>
    public static string? Read(int process, string name)
    {
        for (var descriptor = 3; descriptor < MostDescriptors; descriptor++)
        {
            if (ProcessTable.OpenFile(process, descriptor)?.StartsWith($"/memfd:{name} ", StringComparison.Ordinal) == true)
            {
                return Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/{descriptor}"));
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // Whoever reads while it is written may find a half of each: what is read twice alike was there.
    private static string? Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (last, next) = (new byte[Size], new byte[Size]);
            RandomAccess.Read(file, last, 0);
            for (var i = 0; i < MostReads; i++)
            {
                RandomAccess.Read(file, next, 0);
                if (next.AsSpan().SequenceEqual(last))
                {
                    return Encoding.UTF8.GetString(next.AsSpan(0, Math.Max(0, next.AsSpan().IndexOf((byte)0))));
                }

                (last, next) = (next, last);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
