using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;
using Turbulence.Values;

namespace Turbulence.Tests.Controls;

/// <summary>Section 9.2: what hooks change in the objects that they are handed affects the run and the journal.</summary>
public sealed class WriteBackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_activity_that_is_put_into_the_method_is_played_and_told()
    {
        var run = new TestRun().Controlled("repeat").Action("a").Action("b");
        var repeated = 0;
        run.Controls.On("after_activity", "repeat", call =>
        {
            if (call.Context["name"]!.GetValue<string>() != "a" || repeated++ == 2)
            {
                return ControlResult.Continue;
            }

            var method = (JsonArray)call.Experiment["method"]!;
            method.Insert(1, call.Context.DeepClone());
            return Changed(new ControlChanges { Experiment = call.Experiment });
        });
        var journal = await WriteAsync(run);
        Assert.Equal(["a", "a", "a", "b"], run.Provider.Calls);
        Assert.Equal(4, journal["run"]!.AsArray().Count);
        Assert.Equal(4, journal["experiment"]!["method"]!.AsArray().Count);
    }

    [Fact]
    public async Task Rollbacks_and_probes_can_be_added_too()
    {
        var run = new TestRun().Controlled("c").Probe("p").Action("a").Rollback("r");
        run.Controls.On("before_experiment", "c", call =>
        {
            foreach (var list in (JsonArray[])[
                (JsonArray)call.Experiment["rollbacks"]!, (JsonArray)call.Experiment["steady-state-hypothesis"]!["probes"]!,
            ])
            {
                var more = list[0]!.DeepClone();
                more["name"] = "more";
                list.Add(more);
            }

            return Changed(new ControlChanges { Experiment = call.Experiment });
        });
        await run.RunAsync();
        Assert.Equal(["r", "more"], run.Activities(RunPhase.Rollbacks));
        Assert.Equal(["p", "more"], run.Activities(RunPhase.Gate));
    }

    [Fact]
    public async Task The_context_of_the_activity_can_be_changed_before_it_is_carried_out()
    {
        var run = new TestRun().Controlled("c").Action("a");
        run.Controls.On("before_activity", "c", call =>
        {
            call.Context["provider"]!["key"] = "other";
            return Changed(new ControlChanges { Context = call.Context });
        });
        await run.RunAsync();
        Assert.Equal(["other"], run.Provider.Calls);
    }

    [Fact]
    public async Task A_change_that_comes_back_twice_counts_once()
    {
        var run = new TestRun().Controlled("c").Action("a");
        run.Controls.On("before_method", "c", call =>
        {
            ((JsonArray)call.Context["method"]!).Add(call.Context["method"]![0]!.DeepClone());
            return Changed(new ControlChanges { Context = call.Context, Experiment = (JsonObject)call.Context });
        });
        await run.RunAsync();
        Assert.Equal(["a", "a"], run.Provider.Calls);
    }

    [Fact]
    public async Task Configuration_and_secrets_count_from_then_on_and_new_secrets_are_masked()
    {
        var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["old"] = "old-secret" } });
        var run = new TestRun { Values = values }
            .Controlled("c")
            .Action("a")
            .Action("b", new JsonObject { ["pauses"] = new JsonObject { ["before"] = "${wait}" } });
        run.Provider.Returns("b", "new-secret and old-secret");
        run.Controls.On("before_activity", "c", call =>
        {
            call.Configuration["wait"] = 0.001;
            call.Secrets["s"] = new JsonObject { ["new"] = "new-secret" };
            return Changed(new ControlChanges { Configuration = call.Configuration, Secrets = call.Secrets });
        });
        await run.RunAsync();
        Assert.Equal(ActivityEnd.Succeeded, run.Run("b").End);
        Assert.Contains(run.Events.OfType<PauseStarted>(), pause => pause.Duration > TimeSpan.Zero);
        Assert.Equal("***** and *****", run.Run("b").Output!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_changed_while_a_control_is_configured_counts_too()
    {
        var run = new TestRun { Values = new ResolvedValues(new JsonObject { ["wait"] = 0 }, []) }
            .Controlled("c").Action("a", new JsonObject { ["pauses"] = new JsonObject { ["before"] = "${wait}" } });
        run.Controls.Setup("configure", "c", setup =>
        {
            var experiment = (JsonObject)setup.Scene.Experiment.DeepClone();
            var more = experiment["method"]![0]!.DeepClone();
            more["name"] = "more";
            ((JsonArray)experiment["method"]!).Add(more);
            return Changed(new ControlChanges { Experiment = experiment, Configuration = new JsonObject { ["wait"] = 0.001 } });
        });
        await run.RunAsync();
        Assert.Equal(["a", "more"], run.Activities(RunPhase.Method));
        Assert.Equal(2, run.Events.OfType<PauseStarted>().Count(pause => pause.Duration > TimeSpan.Zero));
    }

    [Fact]
    public async Task What_is_added_to_a_run_entry_stands_in_the_journal()
    {
        var run = new TestRun().Controlled("c").Probe("p").Action("a").Rollback("r");
        run.Controls.On("after_activity", "c", call =>
        {
            call.State!["note"] = call.State["activity"]!["name"]!.GetValue<string>();
            return Changed(new ControlChanges { State = call.State });
        });
        var journal = await WriteAsync(run);
        Assert.Equal("a", journal["run"]![0]!["note"]!.GetValue<string>());
        Assert.Equal("r", journal["rollbacks"]![0]!["note"]!.GetValue<string>());
        Assert.Equal("p", journal["steady_states"]!["before"]!["probes"]![0]!["note"]!.GetValue<string>());
        Assert.Equal("p", journal["steady_states"]!["after"]!["probes"]![0]!["note"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task An_output_that_a_control_changed_is_held_against_the_tolerance(Compatibility compatibility)
    {
        var run = new TestRun
        {
            Options = new RunOptions { Compatibility = compatibility, Hypothesis = HypothesisStrategy.AfterMethodOnly },
        }.Controlled("c").Probe("p");
        run.Controls.On("after_activity", "c", call =>
        {
            call.State!["output"] = false;
            return Changed(new ControlChanges { State = call.State });
        });
        var journal = await WriteAsync(run);
        Assert.True(journal["deviated"]!.GetValue<bool>());
        Assert.False(journal["steady_states"]!["after"]!["probes"]![0]!["tolerance_met"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_control_may_have_the_last_word_on_a_check(bool measured, bool said)
    {
        var run = new TestRun { Options = new RunOptions { Hypothesis = HypothesisStrategy.AfterMethodOnly } }
            .Controlled("c")
            .Probe("p")
            .Action("a");
        run.Provider.Returns("p", measured);
        run.Controls.On("after_hypothesis", "c", call =>
        {
            call.State!["steady_state_met"] = said;
            return Changed(new ControlChanges { State = call.State });
        });
        var outcome = await run.RunAsync();
        Assert.Equal(said ? Verdict.Passed : Verdict.Deviated, outcome.Verdict);
        Assert.Equal(said ? [] : ["after the method: a control says that the steady state is not met"], outcome.Reasons);
    }

    [Fact]
    public async Task The_list_of_runs_can_be_changed_after_the_method()
    {
        var run = new TestRun().Controlled("c").Action("a").Action("b").Rollback("r");
        run.Controls.On("after_method", "c", call =>
        {
            Assert.Equal(2, call.State!.AsArray().Count);
            call.State.AsArray().RemoveAt(0);
            return Changed(new ControlChanges { State = call.State });
        });
        run.Controls.On("after_rollback", "c", call =>
        {
            call.State!.AsArray().Add((JsonNode)"note");
            return Changed(new ControlChanges { State = call.State });
        });
        var journal = await WriteAsync(run);
        Assert.Equal("b", Assert.Single(journal["run"]!.AsArray())!["activity"]!["name"]!.GetValue<string>());
        Assert.Equal(2, journal["rollbacks"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_journal_can_be_changed_at_the_end_and_never_holds_a_secret()
    {
        var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["token"] = "hush-hush" } });
        var run = new TestRun { Values = values }.Globally("first", "second").Probe("p").Action("a");
        run.Controls.On("after_experiment", "second", call =>
        {
            Assert.Equal("completed", call.State!["status"]!.GetValue<string>());
            Assert.NotNull(call.State["end"]);
            Assert.NotNull(call.State["duration"]);
            Assert.Single(call.State["run"]!.AsArray());
            call.State["mine"] = new JsonObject { ["told"] = call.Secrets["s"]!["token"]!.DeepClone() };
            return Changed(new ControlChanges { State = call.State });
        });
        run.Controls.On("after_experiment", "first", call =>
        {
            Assert.NotNull(call.State!["mine"]);
            return ControlResult.Continue;
        });
        var journal = await WriteAsync(run);
        Assert.Equal("*****", journal["mine"]!["told"]!.GetValue<string>());
        Assert.Equal("ended", journal["turbulence"]!["state"]!.GetValue<string>());
        Assert.Equal("passed", journal["turbulence"]!["verdict"]!.GetValue<string>());
        Assert.Empty(run.Notices(NoticeLevel.Warning));
    }

    [Fact]
    public async Task An_interruption_after_the_experiment_stands_in_the_journal_that_a_control_has_changed()
    {
        var run = new TestRun().Globally("c").Action("a");
        run.Controls.On("after_experiment", "c", call =>
        {
            call.State!["mine"] = true;
            return ControlResult.Interrupt("too slow") with { Changes = new ControlChanges { State = call.State } };
        });
        var journal = await WriteAsync(run);
        Assert.True(journal["mine"]!.GetValue<bool>());
        Assert.Equal("interrupted", journal["status"]!.GetValue<string>());
        Assert.Equal(4, journal["turbulence"]!["exit_code"]!.GetValue<int>());
    }

    [Fact]
    public async Task In_the_reference_the_changed_journal_decides_the_exit_code()
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = Compatibility.ChaosToolkit } }.Globally("c").Action("a");
        run.Controls.On("after_experiment", "c", call =>
        {
            call.State!["deviated"] = true;
            return Changed(new ControlChanges { State = call.State });
        });
        var journal = await WriteAsync(run);
        Assert.True(journal["deviated"]!.GetValue<bool>());
        Assert.Equal(1, run.Events.OfType<RunEnded>().Single().Outcome.ExitCode);
    }

    [Fact]
    public async Task A_long_journal_is_changed_as_well_as_a_short_one()
    {
        var run = new TestRun().Controlled("c");
        for (var i = 0; i < 1500; i++)
        {
            run.Action($"a{i}");
        }

        run.Controls.On("after_activity", "c", call =>
        {
            if (call.Context["name"]!.GetValue<string>() is not ("a3" or "a1400"))
            {
                return ControlResult.Continue;
            }

            call.State!["note"] = true;
            return Changed(new ControlChanges { State = call.State });
        });
        var journal = await WriteAsync(run);
        Assert.Equal(1500, journal["run"]!.AsArray().Count);
        Assert.Equal(["a3", "a1400"], journal["run"]!
            .AsArray()
            .Where(entry => entry!["note"] is not null)
            .Select(entry => entry!["activity"]!["name"]!.GetValue<string>()));
    }

    private static ControlResult Changed(ControlChanges changes) => ControlResult.Continue with { Changes = changes };

    private async Task<JsonObject> WriteAsync(TestRun run)
    {
        var path = folder["journal.json"];
        using var journal = new JournalWriter(path, new JournalHead("1"), run.Time);
        run.Journal = journal;
        run.Observers.Add(journal);
        await run.RunAsync();
        Assert.Null(journal.Failure);
        return (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(path))!;
    }
}
