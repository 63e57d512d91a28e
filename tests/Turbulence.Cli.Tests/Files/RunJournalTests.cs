using Turbulence.Cli.Files;

namespace Turbulence.Cli.Tests.Files;

/// <summary>What is believed of the journal that stands where a run has written its own.</summary>
public sealed class RunJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_journal_of_the_run_is_read()
    {
        var reading = Journal("mine").Read(out var isNamed);
        Assert.True(reading.IsRead);
        Assert.True(isNamed);
    }

    [Fact]
    public void That_of_another_run_is_not_believed()
    {
        var journal = Journal("other");
        Assert.Contains("it is of the run other, and not of this one, mine", journal.Read(out _).Problem!, StringComparison.Ordinal);
        Assert.Empty(journal.Report().Runs);
        Assert.Single(journal.Report().Unread);
    }

    [Fact]
    public void One_that_does_not_say_whose_it_is_is_read_and_said_to_be_so()
    {
        var journal = new RunJournal(folder.Write("journal.json", """{"experiment":{"title":"t"},"steady_states":{},"run":[]}"""), "mine");
        Assert.True(journal.Read(out var isNamed).IsRead);
        Assert.False(isNamed);
    }

    [Fact]
    public void One_that_is_gone_is_said_to_be()
    {
        Assert.Equal("it is not there", new RunJournal(folder["none.json"], "mine").Read(out var isNamed).Problem);
        Assert.False(isNamed);
    }

    private RunJournal Journal(string run) => new(
        folder.Write("journal.json", $$$"""{"experiment":{"title":"t"},"steady_states":{},"run":[],"turbulence":{"run":"{{{run}}}","verdict":"passed"}}"""),
        "mine");
}
