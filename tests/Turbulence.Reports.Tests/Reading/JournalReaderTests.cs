using System.Text.Json;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

public sealed class JournalReaderTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_entry_of_an_activity_is_there_with_its_status(string name)
    {
        var run = Samples.Run(name);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Samples.File(name)));
        var root = document.RootElement;
        Hold(root.GetProperty("run").EnumerateArray(), run, RunPhase.Method);
        Hold(root.GetProperty("rollbacks").EnumerateArray(), run, RunPhase.Rollbacks);
        var states = root.GetProperty("steady_states");
        Hold(Probes(states.GetProperty("before")), run, RunPhase.Gate);
        Hold(Probes(states.GetProperty("after")), run, RunPhase.After);
        Hold(states.GetProperty("during").EnumerateArray().SelectMany(Probes), run, RunPhase.During);
        Assert.Equal(run.Activities.Count, run.Activities.Select(one => one.Number).Distinct().Count());
        Assert.All(run.Activities, one => Assert.True(one.Name.Length > 0));
    }

    [Theory]
    [InlineData("passed", ReportedVerdict.Passed, 0)]
    [InlineData("deviated", ReportedVerdict.Deviated, 1)]
    [InlineData("failed", ReportedVerdict.Failed, 2)]
    [InlineData("inconclusive", ReportedVerdict.Inconclusive, 3)]
    [InlineData("interrupted", ReportedVerdict.Interrupted, 4)]
    [InlineData("needs-a-person", ReportedVerdict.NeedsAPerson, 5)]
    [InlineData("dry", ReportedVerdict.Dry, 0)]
    [InlineData("running", ReportedVerdict.Unfinished, null)]
    [InlineData("guardian", ReportedVerdict.Unfinished, null)]
    public void The_verdict_is_the_one_that_the_journal_says(string name, ReportedVerdict verdict, int? exitCode)
    {
        var run = Samples.Run(name);
        Assert.Equal(verdict, run.Verdict);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(verdict == ReportedVerdict.NeedsAPerson, run.NeedsAPerson);
        Assert.Equal(verdict == ReportedVerdict.Unfinished, run.IsVerdictDerived);
        Assert.False(run.IsReference);
        if (verdict is not (ReportedVerdict.Passed or ReportedVerdict.Dry))
        {
            Assert.NotEmpty(run.Reasons);
        }
    }

    [Fact]
    public void A_run_has_its_head_its_stages_its_checks_and_its_services()
    {
        var run = Samples.Run("passed");
        Assert.Equal("Kill the primary", run.Title);
        Assert.Equal(["verdict:passed"], run.Tags);
        Assert.Equal("runner-7", run.Machine.Host);
        Assert.Equal(2, run.Machine.Processors);
        Assert.NotNull(run.Seed);
        Assert.Equal("0.1.0", run.Version);
        Assert.Equal((run.Ended - run.Started)!.Value.TotalSeconds, run.Duration!.Value, 1.0);
        RunPhase[] phases = [RunPhase.Gate, RunPhase.Method, RunPhase.After, RunPhase.Rollbacks, RunPhase.Closing];
        Assert.Equal(phases, run.Phases.Select(one => one.Phase));
        Assert.All(run.Phases, phase => Assert.True(phase.End >= phase.Begin));
        Assert.Contains(run.Checks, check => check is { Phase: RunPhase.Gate, Met: true });
        Assert.Equal(["primary", "require_rand", "secondary"], run.Services.Select(one => one.Name).Order());
        Assert.All(run.Services, service => Assert.Contains(service.Changes, change => change.State == "ready"));
        using var experiment = JsonDocument.Parse(run.Experiment);
        Assert.Equal("Kill the primary", experiment.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public void A_fault_has_what_was_seen_of_it_and_when()
    {
        var fault = Assert.Single(Samples.Run("passed").Faults);
        Assert.Equal("process.kill", fault.Kind);
        Assert.Equal("kill-primary", fault.Activity);
        Assert.Equal("confirmed", fault.State);
        Assert.True(fault.Effect!.Seen);
        Assert.True(fault.Confirmation!.Seen);
        Assert.False(fault.IsOutstanding);
        var times = fault.Times;
        double?[] all = [times.Planned, times.Injecting, times.Active, times.Reverting, times.Confirmed];
        Assert.DoesNotContain(null, all);
        Assert.Equal(all.Order(), all);
        Assert.Null(times.Lost);
    }

    [Fact]
    public void What_the_guardian_did_later_is_the_end_of_a_fault()
    {
        var run = Samples.Run("guardian");
        var fault = Assert.Single(run.Faults);
        Assert.Equal("confirmed", fault.State);
        Assert.NotNull(run.Guardian);
        Assert.True(run.Guardian.Confirmed);
        Assert.Contains("guardian", fault.RevertedBy!, StringComparison.Ordinal);
        Assert.True(fault.Times.Confirmed > fault.Times.Active);
        Assert.Contains(run.Reasons, reason => reason.StartsWith("the runner was lost: ", StringComparison.Ordinal));
        Assert.Null(run.Ended);
    }

    [Fact]
    public void A_run_that_has_no_end_says_what_was_in_when_it_was_written_last()
    {
        var run = Samples.Run("running");
        var fault = Assert.Single(run.Faults);
        Assert.True(fault.IsOutstanding);
        Assert.Contains("the journal has no end: the run goes on, or its runner was killed", run.Reasons);
        Assert.Contains(run.Reasons, reason => reason.StartsWith($"fault {fault.Id} (process.pause", StringComparison.Ordinal));
        Assert.Contains(run.Activities, one => one.Status == ActivityStatus.Unfinished);
    }

    [Fact]
    public void What_users_felt_is_there_with_what_the_fault_cost_and_each_tenth_of_a_second()
    {
        var run = Samples.Run("passed");
        var users = Assert.Single(run.Loads);
        Assert.Equal("users", users.Name);
        Assert.Null(users.Activity);
        Assert.True(users.HasFigures);
        Assert.Equal(users.Intended, users.Outcomes.Sum(one => one.Requests));
        Assert.True(users.Latency!.P99 >= users.Latency.P50);
        var cost = Assert.Single(users.Faults);
        Assert.Equal(run.Faults[0].Id, cost.Fault);
        Assert.Equal(["error_rate", "p50", "p90", "p99"], cost.DuringAgainstBefore.Select(one => one.Figure));
        Assert.All(cost.DuringAgainstBefore, one => Assert.True(one.TooLittle is not null || one.Low <= one.High));
        Assert.Equal(users.Intended, users.ByDue!.Requests.Sum());
        Assert.Equal(users.Intended, users.ByEnd!.Requests.Sum());
        Assert.Equal(users.ByEnd.Requests.Count, users.ByEnd.LongestMilliseconds.Count);
        Assert.Equal(100, users.ByEnd.PartMilliseconds);
        Assert.Equal(users.Intended, users.Progress!.Requests[^1]);

        // The load and the run tell of the same moment.
        Assert.Equal(run.Faults[0].Times.Injecting!.Value, users.Begin!.Value + cost.Begun!.Value, 0.001);
    }

    [Fact]
    public void The_load_of_an_activity_is_there_with_its_number()
    {
        var run = Samples.Run("users-in-the-background");
        var load = Assert.Single(run.Loads);
        var activity = run.Activities.Single(one => one.Number == load.Activity);
        Assert.Equal("load", activity.Provider);
        Assert.True(activity.Background);
        Assert.Equal(load.Intended, load.ByDue!.Requests.Sum());
        Assert.Equal(load.Intended, load.ByEnd!.Requests.Sum());
        Assert.NotNull(load.Samples);
    }

    [Fact]
    public void Checks_beside_the_method_have_their_probes_and_whether_they_were_met()
    {
        var run = Samples.Run("checked-meanwhile");
        var checks = run.Checks.Where(one => one.Phase == RunPhase.During).ToList();
        Assert.True(checks.Count > 1);
        Assert.All(checks, check => Assert.Contains(
            run.Activities, one => one.Phase == RunPhase.During && one.Iteration == check.Iteration && one.Begin >= check.Begin));
        Assert.Contains(run.Phases, phase => phase is { Phase: RunPhase.During, End: not null });
    }

    private static IEnumerable<JsonElement> Probes(JsonElement check) =>
        check.ValueKind == JsonValueKind.Object ? check.GetProperty("probes").EnumerateArray() : [];

    private static void Hold(IEnumerable<JsonElement> entries, ReportedRun run, RunPhase phase)
    {
        // The timeline knows of a check, too, that was cut off by the end of the method.
        var cutOff = run.Checks
            .Where(check => check is { Phase: RunPhase.During, Met: null }).Select(check => (int?)check.Iteration).ToList();
        var told = run.Activities
            .Where(one => one.Phase == phase && (phase != RunPhase.During || !cutOff.Contains(one.Iteration))).ToList();
        var all = entries.ToList();
        Assert.Equal(all.Count, told.Count);
        foreach (var (entry, activity) in all.Zip(told))
        {
            Assert.Equal(entry.GetProperty("activity").GetProperty("name").GetString(), activity.Name);
            var word = entry.TryGetProperty("status", out var status) ? status.GetString() : null;
            Assert.Equal(word == "succeeded", activity.Status is ActivityStatus.Succeeded or ActivityStatus.Dry);
            Assert.Equal(
                entry.TryGetProperty("duration", out var duration) ? duration.GetDouble() : null, activity.Duration);
            Assert.Equal(entry.TryGetProperty("tolerance_met", out var met) ? met.GetBoolean() : null, activity.ToleranceMet);
            Assert.Equal(word == "failed", activity.Error is not null);
        }
    }
}
