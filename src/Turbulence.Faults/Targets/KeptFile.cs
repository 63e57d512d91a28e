using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>The original of a file, kept whole, its holes as holes, as a hidden neighbour while a fault changes the file.</summary>
/// <param name="file">The file.</param>
/// <param name="fault">The fault's id.</param>
internal sealed class KeptFile(SelectedFile file, string fault)
{
    private const int Block = 1 << 20;
    private const UnixFileMode SetIds = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    /// <summary>Where it is kept.</summary>
    public string Copy { get; } = FaultMark.Neighbour(file.Path, fault, "original");

    /// <summary>Whether it is kept.</summary>
    /// <exception cref="IOException">That cannot be seen.</exception>
    public bool Exists => FileStatus.Find(Copy) is not null;

    /// <summary>Whether one is there that was not finished.</summary>
    /// <exception cref="IOException">That cannot be seen.</exception>
    public bool IsDrafted => FileStatus.Find(Draft) is not null;

    private string Draft => FaultMark.Neighbour(file.Path, fault, "draft");

    /// <summary>Keeps it. The copy is whole and on disk before it has its name, and has the original's times.</summary>
    /// <param name="source">The file, open.</param>
    /// <param name="status">How it was before anybody read it.</param>
    /// <param name="pace">Ends the work, and is told that it goes on.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public void Keep(SafeFileHandle source, FileStatus status, StepPace pace)
    {
        RemoveDraft();

        // A name that is made anew is never that of a link which somebody has put there.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var target = GrowingFile.Open(Draft, options))
        {
            var length = RandomAccess.GetLength(source);
            foreach (var range in PlainFile.Data(source))
            {
                CopyRange(source, target.SafeFileHandle, range, pace);
            }

            if (RandomAccess.GetLength(target.SafeFileHandle) < length)
            {
                GrowingFile.SetLength(target.SafeFileHandle, length);
            }

            RandomAccess.FlushToDisk(target.SafeFileHandle);
            FileMoment.Set(target.SafeFileHandle, status.Accessed, status.Modified);
        }

        pace.Next();
        File.Move(Draft, Copy, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(Copy)!);
    }

    /// <summary>
    /// Gives the file, whose bytes are back, the times and the mode that it had; writing takes the set-id bits away. Times that somebody
    /// else's writing has set meanwhile stay.
    /// </summary>
    /// <param name="target">The file, open for writing.</param>
    /// <param name="written">Its times as they were when its bytes were back.</param>
    /// <param name="accessed">When it was read last before the fault.</param>
    /// <param name="modified">When it was changed last before the fault.</param>
    public void RestoreStatus(SafeFileHandle target, FileMoment written, FileMoment accessed, FileMoment modified)
    {
        var status = FileStatus.Of(target);
        if (!OperatingSystem.IsWindows() && status.Mode != file.Mode && status.Mode == (file.Mode & ~SetIds))
        {
            File.SetUnixFileMode(target, file.Mode);
        }

        if (status.Modified == written)
        {
            FileMoment.Set(target, accessed, modified);
        }
    }

    /// <summary>Removes what was not finished.</summary>
    public void RemoveDraft() => File.Delete(Draft);

    /// <summary>Removes it: nothing of the file is changed any more.</summary>
    public void Remove()
    {
        File.Delete(Copy);
        FolderFlush.Flush(Path.GetDirectoryName(Copy)!);
    }

    /// <summary>The SHA-256 of a file, in small letters.</summary>
    public static string Hash(SafeFileHandle source, StepPace pace)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Block];
        for (var offset = 0L; RandomAccess.Read(source, block, offset) is var count and > 0; offset += count)
        {
            pace.Next();
            hash.AppendData(block, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void CopyRange(SafeFileHandle source, SafeFileHandle target, FileRange range, StepPace pace)
    {
        var block = new byte[(int)Math.Min(Block, range.Length)];
        for (var offset = range.Start; offset < range.End;)
        {
            pace.Next();
            var count = RandomAccess.Read(source, block.AsSpan(0, (int)Math.Min(block.Length, range.End - offset)), offset);
            if (count == 0)
            {
                return;
            }

            GrowingFile.Write(target, block.AsSpan(0, count), offset);
            offset += count;
        }
    }
}
