using System.Runtime.InteropServices;
using Turbulence.Faults.Arguments;

namespace Turbulence.Faults.Stress;

/// <summary>
/// Holds memory, each page touched. Above the floor that spares the machine only: it takes no more when it comes near, and lets go when
/// others push below it.
/// </summary>
/// <param name="bytes">How much.</param>
/// <param name="isLimited">Whether less will do when the floor is reached.</param>
internal sealed unsafe class MemoryLoad(long bytes, bool isLimited) : IStressLoad
{
    /// <summary>Large enough that the C library maps each by itself, and freeing one gives it back to the system.</summary>
    private const int Chunk = 16 << 20;

    private readonly Stack<nint> chunks = new();
    private readonly long floor = MachineMemory.Floor();

    public string? Start()
    {
        for (var taken = 0L; taken < bytes; taken += Chunk)
        {
            if (MachineMemory.Available() - Chunk < floor)
            {
                return isLimited ? null : $"only {SizeText.Of(taken)} could be taken: {SizeText.Of(floor)} have to stay available";
            }

            Take((int)Math.Min(Chunk, bytes - taken));
        }

        return null;
    }

    public void Watch()
    {
        while (chunks.Count > 0 && MachineMemory.Available() < floor)
        {
            NativeMemory.Free((void*)chunks.Pop());
        }
    }

    public void Dispose()
    {
        while (chunks.TryPop(out var chunk))
        {
            NativeMemory.Free((void*)chunk);
        }
    }

    private void Take(int length)
    {
        var start = (byte*)NativeMemory.Alloc((nuint)length);
        for (var i = 0; i < length; i += Environment.SystemPageSize)
        {
            start[i] = 1;
        }

        chunks.Push((nint)start);
    }
}
