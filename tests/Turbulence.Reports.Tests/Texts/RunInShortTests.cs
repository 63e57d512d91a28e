using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Tests.Texts;

/// <summary>What who looks for ten seconds is told.</summary>
public sealed class RunInShortTests
{
    [Theory]
    [InlineData(
        "passed", "process.kill of primary for ", "6 of 268 requests were lost: 6 before the fault, 0 that it can have hurt, 0 after it",
        "yes: each fault was seen to be taken back", "nothing")]
    [InlineData(
        "inconclusive", "nothing: it came to no activity of the method", "not measured: no load was sent", "yes: no fault of ours was in",
        "bring the system to its steady state (it was not met before anything was done), and run it again")]
    [InlineData(
        "interrupted", "process.pause of sleeper for ", "not measured: no load was sent", "yes: each fault was seen to be taken back",
        "run it again when nobody stops it")]
    [InlineData(
        "needs-a-person", "say-something; no fault of ours was put in", "not measured: no load was sent", "not known: somebody has to look",
        "do by hand what the rollback 'tell-the-server' could not: failed to connect to http://localhost:1/: connection refused")]
    [InlineData(
        "running", "process.pause of ", "not measured: no load was sent", "not known yet: the run has no end",
        "wait for its end, or see with 'chaos faults list' what is left of it")]
    [InlineData(
        "reference", "", "not measured: no load was sent", "not known: a journal of the reference runner does not say",
        "mend what could not be carried out, and run it again")]
    public void A_run_is_told_in_four_lines(string name, string done, string users, string now, string next)
    {
        var run = new RunInShort(Samples.Run(name));
        Assert.StartsWith(done, run.Done, StringComparison.Ordinal);
        Assert.Equal((users, now, next), (run.Users, run.Now, run.Next));
    }

    [Fact]
    public void Of_a_fault_that_may_still_be_in_it_is_said_where_to_look_and_how_it_is_taken_back()
    {
        var run = new RunInShort(new ReportedRun("journal.json")
        {
            Verdict = ReportedVerdict.Deviated,
            NeedsAPerson = true,
            Faults = [new ReportedFault("f1", "network.drop", "drop") { State = "reverting", Targets = ["port 5432"], Undo = "nft delete table x" }],
        });
        Assert.Equal("not known: network.drop of 'drop' was not seen to be taken back", run.Now);
        Assert.Equal("look at port 5432; its undo: nft delete table x", run.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"method":[1,{"name":"kill"},{"name":"kill","provider":{"arguments":{"service":7}}},null]}""")]
    [InlineData("{")]
    public void Where_the_experiment_does_not_say_which_service_a_fault_hits_none_is_named(string experiment)
    {
        var fault = new ReportedFault("f1", "process.kill", "kill");
        Assert.Null(FaultServices.Of(new ReportedRun("j") { Faults = [fault], Experiment = System.Text.Encoding.UTF8.GetBytes(experiment) })[fault]);
    }
}
