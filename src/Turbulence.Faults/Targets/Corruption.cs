using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Changes bytes of a file and puts them back: those of its places, which follow from the fault's id and the holes of the original that is
/// kept. No other byte is ever written.
/// </summary>
/// <param name="places">Which bytes, and how they are changed.</param>
internal sealed class Corruption(ICorruptPlaces places)
{
    /// <summary>Short, because between looking at a run of bytes and writing to it somebody else may write.</summary>
    private const int LongestRun = 4 << 10;

    private const int Block = 64 << 10;

    /// <summary>How many bytes are changed.</summary>
    public long Count => places.Count;

    /// <summary>Changes each byte that is as in the original.</summary>
    public void Corrupt(SafeFileHandle file, SafeFileHandle original, StepPace pace) =>
        Replace(file, original, isReturn: false, pace);

    /// <summary>Puts each byte back that is as the fault made it; what somebody else wrote in its place stays.</summary>
    public void PutBack(SafeFileHandle file, SafeFileHandle original, StepPace pace) =>
        Replace(file, original, isReturn: true, pace);

    /// <summary>How many of the bytes are not as in the original, those included that the file does not have any more.</summary>
    public long Different(SafeFileHandle file, SafeFileHandle original, StepPace pace)
    {
        var (nows, befores) = (new BlockReader(file, Block), new BlockReader(original, Block));
        var different = 0L;
        foreach (var (offset, masks) in places.Runs(LongestRun))
        {
            pace.Next();
            var now = nows.Read(offset, masks.Length);
            var before = befores.Read(offset, masks.Length);
            different += masks.Length - now.Length;
            if (now.SequenceEqual(before))
            {
                continue;
            }

            for (var i = 0; i < now.Length; i++)
            {
                different += now[i] != before[i] ? 1 : 0;
            }
        }

        return different;
    }

    /// <summary>The bytes of a file at these places, as a hash in small letters.</summary>
    public string Hash(SafeFileHandle file, StepPace pace)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new BlockReader(file, Block);
        foreach (var (offset, masks) in places.Runs(LongestRun))
        {
            pace.Next();
            hash.AppendData(reader.Read(offset, masks.Length));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Replace(SafeFileHandle file, SafeFileHandle original, bool isReturn, StepPace pace)
    {
        var originals = new BlockReader(original, Block);
        var bytes = new byte[LongestRun];
        foreach (var (offset, masks) in places.Runs(LongestRun))
        {
            pace.Next();
            var before = originals.Read(offset, masks.Length);
            var now = bytes.AsSpan(0, RandomAccess.Read(file, bytes.AsSpan(0, before.Length), offset));
            var begun = 0;
            for (var i = 0; i <= now.Length; i++)
            {
                if (i < now.Length && now[i] == (isReturn ? (byte)(before[i] ^ masks.Span[i]) : before[i]))
                {
                    now[i] ^= masks.Span[i];
                    continue;
                }

                if (begun < i)
                {
                    GrowingFile.Write(file, now[begun..i], offset + begun);
                }

                begun = i + 1;
            }
        }
    }
}
