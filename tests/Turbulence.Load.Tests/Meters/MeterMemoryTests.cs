using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Meters;

/// <summary>Alone, since what the others keep meanwhile would be counted with it.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
[Collection("Memory")]
public sealed class MeterMemoryTests
{
    [Fact]
    public void An_hour_of_load_takes_no_more_memory_than_a_minute()
    {
        long Kept(int seconds)
        {
            var meter = new FailoverMeter(new OutcomeNames([]));
            meter.Begin("f", 1_000_000_000);
            for (var due = 0L; due < seconds * 1_000_000_000L; due += 5_000_000)
            {
                meter.Add(new LoadSample(due, due, due + 1_000_000, due % 7 == 0 ? RequestOutcome.Refused : RequestOutcome.Answered, 0));
            }

            var kept = GC.GetTotalMemory(forceFullCollection: true);
            GC.KeepAlive(meter);
            return kept;
        }

        Kept(60);
        var minute = Kept(200);
        Assert.InRange(Kept(3600) - minute, -1 << 20, 256 << 10);
    }
}
