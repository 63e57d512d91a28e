using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Tests.Ledgers;

/// <summary>The disk, with a list of what was done to it.</summary>
internal sealed class RecordingFiles : ILedgerFiles
{
    private readonly DiskFiles disk = new();

    public List<string> Done { get; } = [];

    public void MakeFolder(string path) => disk.MakeFolder(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public byte[]? Read(string path) => disk.Read(path);

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        Done.Add($"write {Path.GetFileName(path)}");
        disk.Write(path, content);
    }

    public void Flush(string path)
    {
        Done.Add($"flush {Path.GetFileName(path)}");
        disk.Flush(path);
    }

    public void Rename(string from, string to)
    {
        Done.Add($"rename {Path.GetFileName(from)} {Path.GetFileName(to)}");
        disk.Rename(from, to);
    }

    public void Delete(string path)
    {
        Done.Add($"delete {Path.GetFileName(path)}");
        disk.Delete(path);
    }

    public void FlushFolder(string folder)
    {
        Done.Add($"flush folder {Path.GetFileName(folder)}");
        disk.FlushFolder(folder);
    }
}
