using System.Text;

namespace Turbulence.Faults.Ledgers;

/// <summary>
/// A file that is there or not, and says why in one line; where the disk had no room for that, or somebody made it by hand, it says
/// nothing.
/// </summary>
internal static class Mark
{
    /// <summary>What the mark says; null where it is not there.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="path">The mark.</param>
    /// <param name="otherwise">What one says that says nothing.</param>
    public static string? Read(ILedgerFiles files, string path, string otherwise) =>
        files.Read(path) is not { } text ? null
        : Encoding.UTF8.GetString(text).Trim() is { Length: > 0 } reason ? reason
        : otherwise;

    /// <summary>Sets the mark; one that is there stays as it is. A disk that has no room for its reason has one for its name.</summary>
    public static void Set(ILedgerFiles files, string path, string reason)
    {
        if (files.Read(path) is not null)
        {
            return;
        }

        try
        {
            DurableFile.Write(files, path, Encoding.UTF8.GetBytes(reason.ReplaceLineEndings(" ") + "\n"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (files.Read(path) is null)
            {
                files.Write(path, []);
            }

            files.FlushFolder(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Takes the mark away, or whatever else stands in its place and is no folder.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(ILedgerFiles files, string path)
    {
        if (IsAbsent(files, path))
        {
            return false;
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder: look into it, and move it away by hand");
        }

        files.Delete(path);
        files.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    private static bool IsAbsent(ILedgerFiles files, string path)
    {
        try
        {
            return files.Read(path) is null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
