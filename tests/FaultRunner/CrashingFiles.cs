using System.Globalization;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace FaultRunner;

/// <summary>
/// The disk, until something happens: before each change of the ledger, and after each that has become durable, one point is counted, and
/// at the one that <c>CRASH_RUNNER</c>, <c>CRASH_GUARDIAN</c> or <c>CRASH_RECOVERY</c> names it is all over for the process. With
/// <c>TURBULENCE_CRASH_TROUBLE</c> the trouble comes at that point, and the process dies then only with <c>TURBULENCE_CRASH_DIES</c>. This
/// program alone knows these variables, chaos does not.
/// </summary>
internal sealed class CrashingFiles(int deadly, Action? trouble, bool dies) : ILedgerFiles
{
    private readonly DiskFiles disk = new();
    private int points;

    public static ILedgerFiles For(string role, string folder)
    {
        var trouble = Environment.GetEnvironmentVariable("TURBULENCE_CRASH_TROUBLE");
        return int.TryParse(
            Environment.GetEnvironmentVariable($"TURBULENCE_CRASH_{role}"), NumberStyles.None, CultureInfo.InvariantCulture, out var deadly)
            ? new CrashingFiles(
                deadly,
                trouble is null ? null : () => Trouble.Make(trouble, folder),
                trouble is null || Environment.GetEnvironmentVariable("TURBULENCE_CRASH_DIES") is not null)
            : new DiskFiles();
    }

    public void MakeFolder(string path) => disk.MakeFolder(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public byte[]? Read(string path) => disk.Read(path);

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        Point();
        disk.Write(path, content);
    }

    public void Flush(string path)
    {
        Point();
        disk.Flush(path);
    }

    public void Rename(string from, string to)
    {
        Point();
        disk.Rename(from, to);
    }

    public void Delete(string path)
    {
        Point();
        disk.Delete(path);
    }

    public void FlushFolder(string folder)
    {
        Point();
        disk.FlushFolder(folder);
        Point();
    }

    private void Point()
    {
        if (Interlocked.Increment(ref points) != deadly)
        {
            return;
        }

        trouble?.Invoke();
        if (dies && ProcessHandle.TryOpen(Environment.ProcessId, out var self, out _))
        {
            self.Signal(PosixSignalNumber.Kill);
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
