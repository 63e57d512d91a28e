using System.Text;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// A hosts file that others read and append to at the same time. It stays the same file, with its owner, group, attributes and other names:
/// lines come by one write at its end, and go while it is held against everybody else, so that nobody reads half of it and no line of
/// others is lost.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="fault">The fault.</param>
internal sealed class HostsFile(string path, string fault)
{
    private const int Page = 4 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(2);

    /// <summary>The text as it was when lines began to be moved; it is there until they have gone.</summary>
    public string Draft { get; } = FaultMark.Neighbour(path, fault, "draft");

    /// <summary>Each byte as one character: whatever the file holds goes back as it came.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string Read()
    {
        using var file = PlainFile.Open(path);
        return Read(file);
    }

    /// <summary>Whether the file could be held against others, if nobody has it open.</summary>
    public string? Obstacle()
    {
        try
        {
            using var file = PlainFile.Open(path, write: true);
            using var lease = WriteLease.TryTake(file);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be changed safely: {failure.Message}";
        }
    }

    /// <summary>Puts the fault's line in, between its marks, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task AppendAsync(string line, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            using (var file = PlainFile.Open(path, append: true))
            {
                // Some seek to the end before they write: those are waited for, and others wait. Who keeps the file open for long appends
                // as the system does it.
                using var lease = WriteLease.TryTake(file);
                if (lease is not null || time.GetElapsedTime(begun) >= Patience)
                {
                    var text = Read(file);
                    if (!HostsText.Has(text, fault))
                    {
                        GrowingFile.Write(file, Encoding.Latin1.GetBytes(HostsText.Lines(text, fault, line)), text.Length);
                        RandomAccess.FlushToDisk(file);
                    }

                    return;
                }
            }

            await Task.Delay(Gap, time, cancellationToken);
        }
    }

    /// <summary>Takes the fault's lines out.</summary>
    /// <returns>Why they are still in, without effect; null where they are not.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public async Task<string?> RemoveAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            // Opened anew each time, because an editor may replace the file.
            using (var file = PlainFile.Open(path, write: true))
            {
                if (!HostsText.Has(Read(file), fault) && FileStatus.Find(Draft) is null)
                {
                    return null;
                }

                using (var lease = WriteLease.TryTake(file))
                {
                    if (lease is not null)
                    {
                        Remove(file);
                    }
                    else if (time.GetElapsedTime(begun) >= Patience)
                    {
                        SwitchOff(file);
                        return $"the line of {path} has no effect any more, but another program keeps the file open, so the marks around it cannot be taken out without a risk for what that writes";
                    }
                }

                if (!HostsText.Has(Read(file), fault))
                {
                    RandomAccess.FlushToDisk(file);
                    File.Delete(Draft);
                    return null;
                }
            }

            if (time.GetElapsedTime(begun) >= Patience + Patience)
            {
                return $"the marks of the fault in {path} are damaged; to take them out by hand: edit the lines with {fault}";
            }

            await Task.Delay(Gap, time, cancellationToken);
        }
    }

    /// <summary>
    /// What follows the lines is put before them by one write, and then the end is cut off. A death between the two leaves the lines whole
    /// at the end; one within the write, which the system only ends between two pages, is mended from the text that was written down
    /// before.
    /// </summary>
    private void Remove(SafeFileHandle file)
    {
        var found = Read(file);
        var text = Mended(found);
        if (!ReferenceEquals(text, found))
        {
            GrowingFile.Write(file, Encoding.Latin1.GetBytes(text), 0);
        }

        if (HostsText.Find(text, fault) is not { } lines)
        {
            return;
        }

        var (start, length) = lines.GetOffsetAndLength(text.Length);
        var rest = text[(start + length)..];
        if (rest.Length > 0)
        {
            WriteDraft(text);
            GrowingFile.Write(file, Encoding.Latin1.GetBytes(rest + text[lines]), start);
        }

        GrowingFile.SetLength(file, text.Length - length);
    }

    private string Mended(string text)
    {
        if (HostsText.Find(text, fault) is not null || FileStatus.Find(Draft) is null)
        {
            return text;
        }

        var before = Encoding.Latin1.GetString(File.ReadAllBytes(Draft));
        if (HostsText.Find(before, fault) is not { } lines || text.Length < before.Length)
        {
            return text;
        }

        var moved = before[..lines.Start.Value] + before[lines.End.Value..] + before[lines];
        for (var page = Page; page < before.Length; page += Page)
        {
            if (text.AsSpan(0, before.Length).SequenceEqual(string.Concat(moved.AsSpan(0, page), before.AsSpan(page))))
            {
                return moved + text[before.Length..];
            }
        }

        return text;
    }

    /// <summary>One byte makes a comment of the fault's line; the length stays, and with it every place where others write.</summary>
    private void SwitchOff(SafeFileHandle file)
    {
        var text = Read(file);
        if (HostsText.Find(text, fault) is { } lines)
        {
            var line = text.IndexOf('\n', text.IndexOf('#', lines.Start.Value)) + 1;
            GrowingFile.Write(file, "#"u8, line);
            RandomAccess.FlushToDisk(file);
        }
    }

    private void WriteDraft(string text)
    {
        File.Delete(Draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var draft = GrowingFile.Open(Draft, options);
        draft.Write(Encoding.Latin1.GetBytes(text));
        draft.Flush(flushToDisk: true);
    }

    private static string Read(SafeFileHandle file)
    {
        var bytes = new byte[RandomAccess.GetLength(file) + Page];
        var length = 0;
        while (RandomAccess.Read(file, bytes.AsSpan(length), length) is var count and > 0)
        {
            length += count;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, length * 2);
            }
        }

        return Encoding.Latin1.GetString(bytes, 0, length);
    }
}
