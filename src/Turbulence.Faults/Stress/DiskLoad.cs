using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Turbulence.Faults.Arguments;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Stress;

/// <summary>Takes room on a disk, by files that nobody else sees.</summary>
/// <param name="folder">A folder of the disk.</param>
/// <param name="name">The beginning of the files' names.</param>
/// <param name="bytes">How much; 0 for all but <paramref name="free"/>.</param>
/// <param name="free">What stays free at least.</param>
internal sealed class DiskLoad(string folder, string name, long bytes, long free) : IStressLoad
{
    private const long LargestFile = 1L << 30;
    private const int Block = 1 << 20;
    private const long Crumb = 64 << 10;

    private readonly List<SafeFileHandle> files = [];

    public string? Start()
    {
        try
        {
            return bytes > 0 ? Take(bytes) : Fill();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot fill {folder}: {failure.Message}";
        }
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    private string? Take(long wanted)
    {
        for (var left = wanted; left > 0; left -= LargestFile)
        {
            var room = DiskRoom.Free(folder) - free;
            var size = Math.Min(left, LargestFile);
            if (room < size)
            {
                return $"{SizeText.Of(wanted)} do not fit: only {SizeText.Of(free)} would be to stay free";
            }

            TakeFile(size);
        }

        return null;
    }

    /// <summary>Rounds get smaller as the file system's own needs eat into the rest; a bounded number of them is enough.</summary>
    private string? Fill()
    {
        const int MostRounds = 100_000;
        for (var round = 0; round < MostRounds && DiskRoom.Free(folder) - free is var room and >= Crumb; round++)
        {
            TakeFile(Math.Min(room, LargestFile));
        }

        return null;
    }

    private void TakeFile(long size)
    {
        var before = DiskRoom.Free(folder);
        var file = HiddenFile.Make(folder, string.Create(CultureInfo.InvariantCulture, $"{name}{files.Count}"), size);
        files.Add(file);
        if (before - DiskRoom.Free(folder) < size / 2)
        {
            Write(file, size);
        }
    }

    /// <summary>Where room cannot be reserved it is written to, with what cannot be compressed.</summary>
    private void Write(SafeFileHandle file, long size)
    {
        var block = new byte[Block];
        new Random(files.Count).NextBytes(block);
        for (var offset = 0L; offset < size && DiskRoom.Free(folder) > free; offset += Block)
        {
            BitConverter.TryWriteBytes(block, offset);
            GrowingFile.Write(file, block.AsSpan(0, (int)Math.Min(Block, size - offset)), offset);
        }

        RandomAccess.FlushToDisk(file);
    }
}
