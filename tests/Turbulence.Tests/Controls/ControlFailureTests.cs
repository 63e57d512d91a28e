using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Controls;

/// <summary>Section 9.4, failures: none of them costs an activity, a rollback or the journal.</summary>
public sealed class ControlFailureTests : IDisposable
{
    private static readonly RunOptions Reference = new() { Compatibility = Compatibility.ChaosToolkit };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_failing_hook_is_one_warning_and_the_run_goes_on()
    {
        var run = new TestRun().Controlled("c").Action("a").Action("b").Rollback("r");
        run.Controls
            .On("before_activity", "c", ControlResult.Failed("no such host"))
            .On("after_method", "c", ControlResult.Failed("again"));
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["a", "b", "r"], run.Provider.Calls);
        Assert.StartsWith(
            "Control 'c' failed in before_activity: no such host",
            Assert.Single(run.Notices(NoticeLevel.Warning)),
            StringComparison.Ordinal);
        Assert.Equal(3, run.Notices(NoticeLevel.Debug).Count());
    }

    [Fact]
    public async Task In_the_reference_it_is_told_to_nobody_but_who_debugs()
    {
        var run = new TestRun { Options = Reference }.Controlled("c").Action("a");
        run.Controls.On("before_activity", "c", ControlResult.Failed("no such host"));
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Empty(run.Notices(NoticeLevel.Warning));
        Assert.Equal(["Control 'c' failed in before_activity: no such host"], run.Notices(NoticeLevel.Debug));
    }

    [Fact]
    public async Task An_exception_is_a_failed_hook()
    {
        var run = new TestRun().Controlled("c").Action("a");
        run.Controls.On("before_experiment", "c", _ => throw new InvalidOperationException("oops"));
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Contains("InvalidOperationException: oops", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compatibility.None, 2, "", "")]
    [InlineData(Compatibility.ChaosToolkit, 0, "", "t a")]
    public async Task A_control_that_cannot_be_configured_is_out_but_one_of_the_experiment_in_the_reference(
        Compatibility compatibility, int exitCode, string global, string own)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Globally("g").Controlled("t").Action("a");
        run.Controls.Setup("configure", "g", _ => ControlResult.Failed("no")).Setup("configure", "t", _ => ControlResult.Failed("no"));
        Assert.Equal(exitCode, (await run.RunAsync()).ExitCode);
        Assert.Equal(global, string.Join(',', run.Controls.Of("before_activity").Where(call => call.StartsWith('g'))));
        Assert.Equal(own, string.Join(',', run.Controls.Of("before_activity").Where(call => call.StartsWith('t'))));
        Assert.Empty(run.Controls.Of("cleanup"));
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task A_cleanup_that_throws_costs_neither_the_journal_nor_the_others_their_cleanup(Compatibility compatibility)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Globally("g").Controlled("t").Action("a");
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), run.Time);
        run.Observers.Add(journal);
        run.Controls.Setup("cleanup", "t", _ => throw new InvalidOperationException("oops"));
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["t", "g"], run.Controls.Of("cleanup"));
        Assert.Contains(
            "\"status\": \"completed\"",
            await File.ReadAllTextAsync(folder["journal.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
