using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Events;

/// <summary>What all events of a run have in common.</summary>
public sealed class RunEventsTests
{
    [Fact]
    public async Task All_have_the_id_of_the_run_and_their_distance_from_its_start()
    {
        var time = new FakeTimeProvider();
        var run = new TestRun { Time = time, RunId = "k3f9" }.Probe("p").Action("a").Rollback("r");
        run.Provider.On("a", _ =>
        {
            time.Advance(TimeSpan.FromSeconds(1.5));
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        await run.RunAsync();
        Assert.All(run.Events, happened => Assert.Equal("k3f9", happened.RunId));
        Assert.Equal(TimeSpan.Zero, run.Events[0].Offset);
        Assert.Equal(TimeSpan.FromSeconds(1.5), run.Events.OfType<ActivityEnded>().Single(ended => ended.Run.Activity.Name == "a").Offset);
        Assert.Equal(run.Events.Select(happened => happened.Offset).Order(), run.Events.Select(happened => happened.Offset));
    }

    [Fact]
    public async Task The_start_says_which_program_on_which_machine_and_from_which_seed()
    {
        var run = new TestRun { Options = new RunOptions { Seed = 4711 } }.Action("a");
        await run.RunAsync();
        var started = Assert.IsType<RunStarted>(run.Events[0]);
        Assert.Equal(
            (4711, Environment.MachineName, Environment.ProcessorCount), (started.Seed, started.Machine.Host, started.Machine.Processors));
        Assert.Contains(".NET", started.Machine.Runtime, StringComparison.Ordinal);
        Assert.NotEmpty(started.Machine.Platform);
        Assert.NotEmpty(started.Program.Name);
    }

    [Fact]
    public async Task A_pause_has_the_number_of_its_activity()
    {
        var run = new TestRun { Time = new PassingTime() }.Action("b", new JsonObject { ["background"] = true })
            .Action("a", new JsonObject { ["pauses"] = new JsonObject { ["before"] = 1, ["after"] = 2 } });
        await run.RunAsync();
        var pauses = run.Events.OfType<PauseStarted>().ToList();
        Assert.Equal([true, false], pauses.Select(pause => pause.Before));
        Assert.All(pauses, pause => Assert.Equal(run.Run("a").Id, pause.ActivityId));
    }

    [Fact]
    public async Task What_a_listener_does_to_an_event_does_nothing_to_the_run()
    {
        var run = new TestRun().Action("a").Action("b");
        run.OnEvent = happened =>
        {
            if (happened is RunStarted started)
            {
                started.Experiment.Document["method"] = new JsonArray();
            }
            else if (happened is ActivityStarted { Run.Activity: var activity })
            {
                activity.Declaration["name"] = "another";
            }
        };
        await run.RunAsync();
        Assert.Equal(["a", "b"], run.Provider.Calls);
        Assert.Equal(["a", "b"], run.Document["method"]!.AsArray().Select(activity => (string?)activity!["name"]));
    }

    [Fact]
    public async Task What_a_control_changes_later_does_not_change_what_was_told()
    {
        var run = new TestRun().Action("a").Controlled("c");
        run.Controls.On("after_activity", "c", call =>
        {
            call.Context!["name"] = "renamed";
            return ControlResult.Continue with { Changes = new ControlChanges { Context = call.Context } };
        });
        await run.RunAsync();
        Assert.Equal("renamed", (string?)run.Document["method"]![0]!["name"]);
        Assert.Equal("a", Assert.Single(run.Events.OfType<ActivityEnded>()).Run.Activity.Name);
    }
}
