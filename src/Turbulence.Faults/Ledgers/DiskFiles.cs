using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>The disk itself.</summary>
internal sealed class DiskFiles : ILedgerFiles
{
    private const long MaxLength = 64 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc/>
    public void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        try
        {
            // Opening a named pipe would wait for somebody to write to it.
            if (FileStatus.Read(path) is { } status && (status.Type != FileNodeType.File || status.Length > MaxLength))
            {
                throw new IOException(status.Type != FileNodeType.File
                    ? "it is not a regular file"
                    : $"it is longer than {MaxLength} bytes");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        // A new file each time: one that is there may be a link that somebody planted, and CreateNew never follows it.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = GrowingFile.Open(path, options);
        file.Write(content);
    }

    /// <inheritdoc/>
    public void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // What is not there needs no deleting.
        }
    }

    /// <inheritdoc/>
    public void FlushFolder(string folder) => FolderFlush.Flush(folder);
}
