using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Tests;

public sealed class RunEntryTests : IDisposable
{
    private readonly Room room = new();
    private readonly WaitedTime time = new();
    private readonly List<string> stops = [];

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_run_stands_in_the_ledger_from_its_entry_to_its_end()
    {
        await using (var entry = Enter(room.Ledger))
        {
            Assert.Null(entry.Problem);
            Assert.Null(entry.Refusal());
            Assert.Equal("source", Assert.Single(room.Ledger.Read().Runs).Title);
            entry.Amend(run => run with { Title = "title" });
            Assert.Equal("title", Assert.Single(room.Ledger.Read().Runs).Title);
        }

        Assert.Empty(room.Records());
    }

    [Fact]
    public async Task A_run_that_could_not_be_entered_and_one_that_was_taken_out_is_entered_at_the_next_look()
    {
        File.WriteAllText(room["later"], "");
        var ledger = new Ledger(room["later"]);
        await using var entry = Enter(ledger);
        Assert.NotNull(entry.Problem);

        File.Delete(room["later"]);
        await LookAsync(() => ledger.Read().Runs.Count == 1);
        Assert.Null(entry.Problem);

        Directory.Delete(room["later"], recursive: true);
        await LookAsync(() => ledger.Read().Runs.Count == 1);
        Assert.Empty(stops);
    }

    [Fact]
    public async Task A_halt_is_seen_between_the_doors_and_at_each()
    {
        await using var entry = Enter(room.Ledger);
        room.Ledger.Halt("somebody said so");
        Assert.Equal("somebody said so", entry.Refusal()?.Reason);
        await LookAsync(() => stops.Count > 0);
        Assert.Equal(["the run is halted: somebody said so"], stops);
    }

    private RunEntry Enter(Ledger ledger) => new(ledger, "source", time, new Random(1), stops.Add);

    private async Task LookAsync(Func<bool> condition)
    {
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(RunEntry.Pace);
            return condition();
        });
    }
}
