using System.Security.Cryptography;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>The original of a file, kept whole as a hidden neighbour while a fault changes the file.</summary>
/// <param name="file">The file.</param>
/// <param name="fault">The fault's id.</param>
internal sealed class KeptFile(SelectedFile file, string fault)
{
    /// <summary>Where it is kept.</summary>
    public string Copy { get; } = FaultMark.Neighbour(file.Path, fault, "original");

    /// <summary>Whether it is kept.</summary>
    public bool Exists => File.Exists(Copy);

    /// <summary>Whether one is there that was not finished.</summary>
    public bool IsDrafted => File.Exists(Draft);

    private string Draft => FaultMark.Neighbour(file.Path, fault, "draft");

    /// <summary>Keeps it. The copy is whole and on disk before it has its name, and has the original's times.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var target = new FileStream(Draft, options))
        {
            await using var source = Read(file.Path);
            await source.CopyToAsync(target, cancellationToken);
            target.Flush(flushToDisk: true);
        }

        TakeTimes(file.Path, Draft);
        File.Move(Draft, Copy, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(Copy)!);
    }

    /// <summary>Whether the file's bytes are those that are kept.</summary>
    public async Task<bool> IsEqualAsync(CancellationToken cancellationToken) =>
        File.Exists(file.Path) && await HashAsync(file.Path, cancellationToken) == await HashAsync(Copy, cancellationToken);

    /// <summary>Gives the file, whose bytes are back, the times and the mode that it had; writing takes the set-id bits away.</summary>
    public void RestoreStatus()
    {
        TakeTimes(Copy, file.Path);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file.Path) != file.Mode)
        {
            File.SetUnixFileMode(file.Path, file.Mode);
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
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = Read(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static void TakeTimes(string from, string to)
    {
        File.SetLastAccessTimeUtc(to, File.GetLastAccessTimeUtc(from));
        File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
    }
}
