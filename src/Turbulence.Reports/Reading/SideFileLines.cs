namespace Turbulence.Reports.Reading;

/// <summary>The lines of a file in the folder beside a journal; how large it is does not matter.</summary>
internal static class SideFileLines
{
    private const int LongestLine = 256 << 10;

    /// <summary>Takes a line, without its end.</summary>
    public delegate void TakeLine(ReadOnlySpan<byte> line);

    /// <summary>Reads a file.</summary>
    /// <param name="journal">The journal's file.</param>
    /// <param name="named">
    /// What the other one is called. It may be anything: what is read is a file in the folder beside the journal, or nothing.
    /// </param>
    /// <param name="take">Takes each line that is no longer than 256 KiB: a longer one is none of ours.</param>
    /// <returns>Whether there is such a file that could be read.</returns>
    public static bool TryRead(string journal, string named, TakeLine take)
    {
        if (Path.GetFileName(named) is not { Length: > 0 } name)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(
                Path.Combine(journal + ".d", name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            Read(file, take);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static void Read(FileStream file, TakeLine take)
    {
        var buffer = new byte[LongestLine];
        var kept = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var count)
        {
            var bytes = buffer.AsSpan(0, kept + count);
            while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
            {
                take(bytes[..end]);
                bytes = bytes[(end + 1)..];
            }

            kept = bytes.Length < buffer.Length ? bytes.Length : 0;
            bytes[..kept].CopyTo(buffer);
        }
    }
}
