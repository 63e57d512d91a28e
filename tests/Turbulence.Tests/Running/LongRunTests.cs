using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>A run of many checks needs no more memory than one of few, and its journal is on disk while it goes on.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class LongRunTests
{
    private const int Checks = 60_000;

    [Fact]
    public async Task Ten_minutes_of_a_check_every_10_ms_keep_memory_flat_and_the_journal_streamed()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var run = new TestRun
        {
            Time = time,
            Keeps = false,
            Options = new RunOptions { Hypothesis = HypothesisStrategy.Continuously, Frequency = TimeSpan.FromMilliseconds(10) },
        }.Probe("p").Action("a");
        run.Provider.Keeps = false;
        // Its clock is the real one: it measures what writing really costs.
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), TimeProvider.System);
        run.Observers.Add(journal);
        var done = 0;
        long early = 0;
        long late = 0;
        long streamed = 0;
        run.OnEvent = happened =>
        {
            if (happened is not HypothesisEnded { Run.Phase: RunPhase.During })
            {
                return;
            }

            switch (++done)
            {
                case Checks / 10:
                    early = GC.GetTotalMemory(forceFullCollection: true);
                    break;
                case Checks:
                    late = GC.GetTotalMemory(forceFullCollection: true);
                    streamed = new FileInfo(folder["journal.json"]).Length;
                    break;
                default:
                    break;
            }
        };
        run.Provider.On("a", async token =>
        {
            while (Volatile.Read(ref done) < Checks)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
                token.ThrowIfCancellationRequested();
            }

            return ActivityResult.Succeeded(null);
        });

        Assert.Equal(0, (await run.RunAsync()).ExitCode);

        // Kept, 54,000 checks would be tens of mebibytes.
        Assert.InRange(late - early, long.MinValue, 2L << 20);
        Assert.InRange(streamed, 1L << 20, long.MaxValue);
        await using var file = File.OpenRead(folder["journal.json"]);
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(document.RootElement.GetProperty("steady_states").GetProperty("during").GetArrayLength(), Checks, int.MaxValue);
    }
}
