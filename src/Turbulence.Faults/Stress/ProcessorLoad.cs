using System.Diagnostics;

namespace Turbulence.Faults.Stress;

/// <summary>Keeps cores busy for a share of each tenth of a second.</summary>
internal sealed class ProcessorLoad(int cores, double share) : IStressLoad
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private volatile bool stopped;

    public string? Start()
    {
        for (var i = 0; i < cores; i++)
        {
            new Thread(Burn, maxStackSize: 128 * 1024) { IsBackground = true }.Start();
        }

        return null;
    }

    public void Dispose() => stopped = true;

    private void Burn()
    {
        while (!stopped)
        {
            var begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < Slice * share)
            {
                Thread.SpinWait(1000);
            }

            if (Slice - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
            {
                Thread.Sleep(rest);
            }
        }
    }
}
