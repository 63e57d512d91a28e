using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

public sealed class LongJournalTests
{
    /// <summary>
    /// Names the file that <see cref="An_hour_is_written_where_it_is_asked_for"/> writes: <c>benchmarks/reports.sh</c> does.
    /// </summary>
    private const string Asked = "LONG_JOURNAL";

    [Fact]
    public void An_hour_with_a_probe_each_tenth_of_a_second_is_read_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["journal.json"]))
        {
            LongJournal.Write(file, 36_000);
        }

        var run = JournalReader.Read(folder["journal.json"]).Run!;
        Assert.Equal(ReportedVerdict.Passed, run.Verdict);
        Assert.Equal(36_000, run.Activities.Count);
        Assert.All(run.Activities, one => Assert.Equal((ActivityStatus.Succeeded, true), (one.Status, one.ToleranceMet)));
        Assert.Equal(3599.9, run.Activities[^1].Begin!.Value, 6);
        Assert.Contains("response 35999", run.Activities[^1].Output!, StringComparison.Ordinal);
        Assert.Equal(60, run.Faults.Count);
        var users = Assert.Single(run.Loads);
        Assert.Equal(36_000, users.ByEnd!.Requests.Count);
        Assert.Equal(360_000, users.ByEnd.Requests.Sum());
        Assert.Equal(3_600, users.Progress!.At.Count);
        Assert.Equal(0, users.Begin!.Value, 3);
    }

    [Fact]
    public void Of_what_is_large_in_a_journal_no_more_is_kept_than_is_shown()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["journal.json"]))
        {
            LongJournal.Write(file, 1_000, bodyBytes: 60_000);
        }

        Assert.InRange(new FileInfo(folder["journal.json"]).Length, 60_000_000, 70_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = JournalReader.Read(folder["journal.json"]).Run!;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.Equal(1_000, run.Activities.Count);
    }

    [Fact]
    public void An_hour_is_written_where_it_is_asked_for()
    {
        if (Environment.GetEnvironmentVariable(Asked) is { Length: > 0 } path)
        {
            using var file = File.Create(path);
            LongJournal.Write(file, 36_000, int.Parse(Environment.GetEnvironmentVariable($"{Asked}_BODY") ?? "40", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
