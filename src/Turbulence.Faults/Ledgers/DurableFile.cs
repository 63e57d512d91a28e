using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Ledgers;

/// <summary>
/// Replaces a file as a whole, so that after a power loss at any moment it is the old one or the new one:
/// <code>
///   write .name.PROCESS-NUMBER-HOST.new ─▶ flush it ─▶ rename it to name ─▶ flush the folder
/// </code>
/// Nobody else writes to that name, so two who replace one file at once do not disturb each other, and what was left unfinished can be told
/// from what is just being written.
/// </summary>
internal static class DurableFile
{
    private const string Suffix = ".new";

    private static readonly string Host = Machine.Id[..8];

    private static int written;

    /// <summary>Replaces the file, and returns when the new one is on the disk.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="content">What it is to hold.</param>
    /// <param name="durably">Whether its name has to outlast a power loss. What it holds is whole in any case.</param>
    public static void Write(ILedgerFiles files, string path, ReadOnlySpan<byte> content, bool durably = true)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = Path.Combine(
            folder, string.Create(
                CultureInfo.InvariantCulture,
                $".{Path.GetFileName(path)}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}-{Host}{Suffix}"));
        try
        {
            files.Write(beside, content);
            files.Flush(beside);
            files.Rename(beside, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(files, beside);
            throw;
        }

        if (durably)
        {
            files.FlushFolder(folder);
        }
    }

    /// <summary>Whether a name is that of a file which was not finished.</summary>
    public static bool IsUnfinished(string name) => name.StartsWith('.') && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>
    /// Whether a name is that of a file which nobody will finish any more. What another host has begun is not ours to say.
    /// </summary>
    public static bool IsAbandoned(string name)
    {
        if (!IsUnfinished(name))
        {
            return false;
        }

        var mark = name[..^Suffix.Length];
        var parts = mark[(mark.LastIndexOf('.') + 1)..].Split('-');
        if (parts is [_, _, var host] && host != Host)
        {
            return false;
        }

        return !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var writer)
            || (writer != Environment.ProcessId && ProcessTable.Find(writer) is not { IsAlive: true });
    }

    private static void Discard(ILedgerFiles files, string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A later sweep removes it.
        }
    }
}
