using System.Diagnostics;
using System.Globalization;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.memory</c>: a leak. So many bytes a second are allocated, touched and held, up to a bound, and never so many that the machine
/// or the program's container has less than a floor left.
/// </summary>
internal sealed class MemoryFault(Spec spec) : IInnerFault
{
    private const int Piece = 1 << 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim over = new();
    private readonly long bound = spec.Integer("bytes") ?? 256 << 20;
    private readonly long rate = spec.Integer("rate") ?? long.MaxValue;
    private readonly long floor = spec.Integer("floor") ?? 256 << 20;
    private readonly List<byte[]> held = [];
    private long bytes;
    private volatile bool isAtFloor;

    public void Begin() => GuestThread.Start("memory", Leak);

    public Sight Look() => new(Interlocked.Read(ref bytes) > 0, string.Create(
        CultureInfo.InvariantCulture,
        $"{Interlocked.Read(ref bytes) >> 20} MiB of {bound >> 20} held on the managed heap, which has {GC.GetTotalMemory(false) >> 20} MiB{(isAtFloor ? "; no more, since the machine would have too little left" : "")}"));

    public void End()
    {
        over.Set();
        lock (held)
        {
            held.Clear();
            Interlocked.Exchange(ref bytes, 0);
        }

        // What is not referred to is given back whenever the next collection comes; ours was not asked for, so it is made here.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Leak()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!over.IsSet && Interlocked.Read(ref bytes) < bound)
        {
            var due = Math.Min(bound, Stopwatch.GetElapsedTime(begun).TotalSeconds * rate);
            while (!over.IsSet && Interlocked.Read(ref bytes) + Piece / 2 < due)
            {
                isAtFloor = !HasRoom() || !TryTake();
                if (isAtFloor)
                {
                    break;
                }
            }

            over.Wait(Pace);
        }
    }

    private bool TryTake()
    {
        byte[] piece;
        try
        {
            piece = GC.AllocateUninitializedArray<byte>((int)Math.Min(Piece, bound - Interlocked.Read(ref bytes)));
        }
        catch (OutOfMemoryException)
        {
            return false;
        }

        Array.Fill(piece, (byte)1);
        lock (held)
        {
            if (!over.IsSet)
            {
                held.Add(piece);
                Interlocked.Add(ref bytes, piece.Length);
            }
        }

        return true;
    }

    // What the runtime takes to be all there is, which is the container's limit where it has one, and what the machine has.
    private bool HasRoom()
    {
        var memory = GC.GetGCMemoryInfo();
        var own = memory.TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Min(own, Available() ?? own) - Piece > floor;
    }

    private static long? Available()
    {
        try
        {
            const string Name = "MemAvailable:";
            return File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } line
                && long.TryParse(line.AsSpan(Name.Length).Trim().TrimEnd("kB ").ToString(), CultureInfo.InvariantCulture, out var kilobytes)
                    ? kilobytes << 10 : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
