namespace Turbulence.Journals;

/// <summary>A stretch of the journal's text, as it stands in the file.</summary>
internal abstract class JournalPiece
{
    /// <summary>How many bytes it has.</summary>
    public abstract long Length { get; }

    /// <summary>Writes it.</summary>
    /// <param name="target">Receives it.</param>
    /// <param name="from">The first byte that is written.</param>
    public abstract void CopyTo(Stream target, long from);

    /// <summary>Nobody needs it any more.</summary>
    public virtual void Release()
    {
    }

    /// <summary>A piece that is held in memory.</summary>
    public static JournalPiece InMemory(byte[] text) => new Held(text);

    private sealed class Held(byte[] text) : JournalPiece
    {
        public override long Length => text.Length;

        public override void CopyTo(Stream target, long from) => target.Write(text.AsSpan((int)from));
    }
}
