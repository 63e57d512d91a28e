namespace Turbulence.Faults.Ledgers;

/// <summary>
/// Replaces a file as a whole, so that after a power loss at any moment it is the old one or the new one:
/// <code>
///   write .name.new ─▶ flush it ─▶ rename it to name ─▶ flush the folder
/// </code>
/// </summary>
internal static class DurableFile
{
    private const string Suffix = ".new";

    /// <summary>Replaces the file, and returns when the new one is on the disk.</summary>
    public static void Write(ILedgerFiles files, string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = BesideOf(path);
        files.Write(beside, content);
        files.Flush(beside);
        files.Rename(beside, path);
        files.FlushFolder(folder);
    }

    /// <summary>Where the new file is written before it takes the old one's place.</summary>
    public static string BesideOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}{Suffix}");

    /// <summary>Whether a name is that of a file which was not finished.</summary>
    public static bool IsUnfinished(string name) => name.StartsWith('.') && name.EndsWith(Suffix, StringComparison.Ordinal);
}
