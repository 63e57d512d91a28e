using System.Text;

namespace Turbulence.Faults.Ledgers;

/// <summary>A file that is there or not, and says why in one line.</summary>
internal static class Mark
{
    /// <summary>What the mark says; null where it is not there.</summary>
    public static string? Read(ILedgerFiles files, string path) => files.Read(path) is { } text ? Encoding.UTF8.GetString(text).Trim() : null;

    /// <summary>Sets the mark; one that is there stays as it is.</summary>
    public static void Set(ILedgerFiles files, string path, string reason)
    {
        if (files.Read(path) is null)
        {
            DurableFile.Write(files, path, Encoding.UTF8.GetBytes(reason.ReplaceLineEndings(" ") + "\n"));
        }
    }

    /// <summary>Takes the mark away.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(ILedgerFiles files, string path)
    {
        if (files.Read(path) is null)
        {
            return false;
        }

        files.Delete(path);
        files.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }
}
