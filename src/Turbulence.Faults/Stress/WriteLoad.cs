using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Stress;

/// <summary>Keeps a disk busy: writes a file of a bounded size over and over, each block forced onto the disk.</summary>
internal sealed class WriteLoad(string folder, string name, long bytes) : IStressLoad
{
    private const int Block = 1 << 20;

    private readonly byte[] block = new byte[Math.Min(Block, bytes)];
    private SafeFileHandle? file;
    private volatile bool stopped;
    private volatile string? problem;
    private long written;

    public string? Start()
    {
        new Random((int)bytes).NextBytes(block);
        try
        {
            file = HiddenFile.Make(folder, name, 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot write in {folder}: {failure.Message}";
        }

        new Thread(Write, maxStackSize: 256 * 1024) { IsBackground = true }.Start();
        SpinWait.SpinUntil(() => Interlocked.Read(ref written) > 0 || problem is not null, TimeSpan.FromSeconds(30));
        return problem;
    }

    public void Dispose()
    {
        stopped = true;
        file?.Dispose();
    }

    private void Write()
    {
        try
        {
            while (!stopped)
            {
                for (var offset = 0L; offset + block.Length <= bytes && !stopped; offset += block.Length)
                {
                    GrowingFile.Write(file!, block, offset);
                    RandomAccess.FlushToDisk(file!);
                    Interlocked.Add(ref written, block.Length);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            problem = $"cannot write in {folder}: {failure.Message}";
        }
    }
}
