namespace Turbulence.Platform.Files;

/// <summary>
/// A document that grows, of which only what changed is written, and which is a whole file under its name at any moment:
/// <code>
///   NAME     ─ the document as it was last written ──────┐ exchanged in one step
///   beside   ─ as it was before; brought up to date ─────┘ from the first byte that has changed since
/// </code>
/// So each change is written twice, and nothing a third time. Who reads the file under its name is never disturbed: a copy that somebody
/// else has open is given up, and made anew. Linux only; where files cannot be exchanged, the document is written as a whole each time.
/// </summary>
/// <param name="output">Where the document goes, and for whom. What cannot be replaced there is written as a whole as
/// <see cref="OutputFile"/> does.</param>
public sealed class AlternatingFile(OutputFile output) : IDisposable
{
    private Copy? shown;
    private Copy? beside;

    /// <summary>Tells that the document has changed.</summary>
    /// <param name="from">The first byte that is not as it was.</param>
    public void Change(long from)
    {
        shown?.Same = Math.Min(shown.Same, from);
        beside?.Same = Math.Min(beside.Same, from);
    }

    /// <summary>How much of a document of <paramref name="length"/> bytes would have to be written now, in bytes.</summary>
    public long Pending(long length) => Math.Max(0, length - (beside?.Same ?? 0));

    /// <summary>Brings the file up to date.</summary>
    /// <param name="content">Writes the document to the stream, from the byte with the given number on.</param>
    /// <exception cref="IOException">It cannot be written; what is under the name is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(Action<Stream, long> content)
    {
        if (output.Look().Kind != OutputKind.Replaced)
        {
            // Somebody has given it another name, or put something else there.
            Dispose();
            output.Write(file => content(file, 0));
            return;
        }

        Update(content);
        Show();
    }

    /// <summary>Leaves what is shown as it is, and removes what is beside it.</summary>
    public void Dispose()
    {
        beside?.File.Dispose();
        shown?.File.Dispose();
        (beside, shown) = (null, null);
    }

    private void Update(Action<Stream, long> content)
    {
        if (beside is { } former && (!former.File.IsThere || IsOpenElsewhere(former.File)))
        {
            Drop();
        }

        beside ??= new Copy(output.CreatePartial());
        var (stream, from) = (beside.File.Stream, beside.Same);
        try
        {
            stream.Seek(from, SeekOrigin.Begin);
            content(stream, from);
            stream.Flush();
            if (stream.Length > stream.Position)
            {
                stream.SetLength(stream.Position);
            }
        }
        catch
        {
            // Half of it may still be in the stream, and half on the disk: the next one begins anew.
            Drop();
            throw;
        }

        beside.Same = stream.Position;
    }

    private void Show()
    {
        if (shown is null || !beside!.File.Exchange(output.Place.Path, shown.File))
        {
            beside!.File.Show(output.Place.Path);
            shown?.File.Dispose();
            (shown, beside) = (beside, null);
            return;
        }

        (shown, beside) = (beside, shown);
    }

    private void Drop()
    {
        beside?.File.Dispose();
        beside = null;
    }

    // It was shown before, so that somebody may still read it. Nobody finds it under the name that it has now.
    private static bool IsOpenElsewhere(PartialFile file)
    {
        try
        {
            using var lease = WriteLease.TryTake(file.Stream.SafeFileHandle);
            return lease is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private sealed class Copy(PartialFile file)
    {
        public PartialFile File { get; } = file;

        /// <summary>Up to where it is the document as it is by now.</summary>
        public long Same { get; set; }
    }
}
