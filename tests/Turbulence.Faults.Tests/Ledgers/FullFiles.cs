using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Tests.Ledgers;

/// <summary>A disk on which names have room, and content has none.</summary>
internal sealed class FullFiles : ILedgerFiles
{
    private readonly DiskFiles disk = new();

    public void MakeFolder(string path) => disk.MakeFolder(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public byte[]? Read(string path) => disk.Read(path);

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        disk.Write(path, []);
        if (content.Length > 0)
        {
            throw new IOException("No space left on device");
        }
    }

    public void Flush(string path) => disk.Flush(path);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void FlushFolder(string folder) => disk.FlushFolder(folder);
}
