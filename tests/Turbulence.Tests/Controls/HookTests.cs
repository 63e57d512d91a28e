using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Tests.Running;
using Turbulence.Values;

namespace Turbulence.Tests.Controls;

/// <summary>Sections 9.1 and 9.2: when each hook is called, and with what.</summary>
public sealed class HookTests
{
    private static readonly RunOptions Reference = new() { Compatibility = Compatibility.ChaosToolkit };

    [Fact]
    public async Task Every_hook_is_called_at_its_place()
    {
        var run = new TestRun().Globally("g").Probe("p").Action("a").Rollback("r");
        await run.RunAsync();
        Assert.Equal(
            [
                "configure g",
                "before_experiment g t",
                "before_hypothesis g h", "before_activity g p", "after_activity g p", "after_hypothesis g h",
                "before_method g t", "before_activity g a", "after_activity g a", "after_method g t",
                "before_hypothesis g h", "before_activity g p", "after_activity g p", "after_hypothesis g h",
                "before_rollback g t", "before_activity g r", "after_activity g r", "after_rollback g t",
                "before_hypothesis g h", "before_activity g p", "after_activity g p", "after_hypothesis g h",
                "after_experiment g t",
                "cleanup g",
            ],
            run.Controls.Calls);
    }

    [Fact]
    public async Task In_the_reference_there_is_no_check_after_the_rollbacks()
    {
        var run = new TestRun { Options = Reference }.Globally("g").Probe("p").Action("a").Rollback("r");
        await run.RunAsync();
        Assert.Equal(2, run.Controls.Of("before_hypothesis").Count());
        Assert.Equal(["g a", "g r"], run.Controls.Of("after_activity").Where(call => call is not "g p"));
    }

    [Theory]
    [InlineData(Compatibility.None, "after_activity b a,after_activity a a")]
    [InlineData(Compatibility.ChaosToolkit, "after_activity a a,after_activity b a")]
    public async Task After_hooks_come_in_reverse_but_in_the_reference(Compatibility compatibility, string expected)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Action("a", ScriptedControls.With("a", "b"));
        await run.RunAsync();
        Assert.Equal(
            expected, string.Join(',', run.Controls.Calls.Where(call => call.StartsWith("after_activity", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("before", "before_activity")]
    [InlineData("after", "after_activity")]
    public async Task Scope_leaves_the_other_side_out(string scope, string hook)
    {
        var control = ScriptedControls.Declare("c", new JsonObject { ["scope"] = scope });
        var run = new TestRun().Action("a", new JsonObject { ["controls"] = new JsonArray(control) });
        await run.RunAsync();
        Assert.Equal([hook + " c a"], run.Controls.Calls.Where(call => call.Contains("activity", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_controls_of_the_activity_that_a_ref_names_apply()
    {
        var run = new TestRun()
            .MethodProbe("p", ScriptedControls.With("c"))
            .Action("x", new JsonObject { ["ref"] = "p", ["controls"] = ScriptedControls.List("other") });
        await run.RunAsync();
        Assert.Equal(["c p", "c p"], run.Controls.Of("before_activity"));
    }

    [Fact]
    public async Task Background_activities_and_continuous_checks_have_their_hooks_too()
    {
        var ready = new TaskCompletionSource();
        var run = new TestRun { Options = new RunOptions { Hypothesis = HypothesisStrategy.DuringMethodOnly } }
            .Globally("g").Probe("p").Action("b", new JsonObject { ["background"] = true }).Action("wait");
        run.Provider.On("wait", async token =>
        {
            await ready.Task.WaitAsync(token);
            return ActivityResult.Succeeded(true);
        });
        run.Controls.On("after_hypothesis", "g", _ =>
        {
            ready.TrySetResult();
            return ControlResult.Continue;
        });
        await run.RunAsync();
        Assert.Contains("g b", run.Controls.Of("after_activity"));
        Assert.Contains("g h", run.Controls.Of("before_hypothesis"));
    }

    [Fact]
    public async Task Each_name_is_configured_once_and_cleaned_up_once()
    {
        var run = new TestRun { HypothesisControls = ScriptedControls.List("h", "t") }
            .Globally("g", "g").Controlled("t", "t").Probe("p").Action("a", ScriptedControls.With("t", "l")).Rollback(
                "r", ScriptedControls.With("l"));
        await run.RunAsync();
        Assert.Equal(["g", "t", "h", "l"], run.Controls.Of("configure"));
        Assert.Equal(["l", "h", "t", "g"], run.Controls.Of("cleanup"));
    }

    [Fact]
    public async Task Only_global_controls_are_configured_with_the_settings()
    {
        var seen = new List<string>();
        var run = new TestRun { Settings = new JsonObject { ["k"] = 1 } }.Globally("g").Controlled("t").Action("a");
        foreach (var name in (string[])["g", "t"])
        {
            run.Controls.Setup("configure", name, setup =>
            {
                seen.Add($"{name}: {setup.Settings?.ToJsonString() ?? "null"}");
                return ControlResult.Continue;
            });
        }

        await run.RunAsync();
        Assert.Equal(["""g: {"k":1}""", "t: null"], seen);
    }

    [Fact]
    public async Task Arguments_are_substituted_and_every_call_gets_its_own()
    {
        var seen = new List<string>();
        var values = new ResolvedValues(new JsonObject { ["n"] = 3 }, new JsonObject { ["s"] = new JsonObject { ["token"] = "hush" } });
        var run = new TestRun { Values = values }.Action("a").Action("b");
        run.Document["controls"] = new JsonArray(new JsonObject
        {
            ["name"] = "c",
            ["provider"] = new JsonObject
            {
                ["type"] = "scripted",
                ["arguments"] = new JsonObject { ["n"] = "${n}", ["t"] = "x ${token}" },
            },
        });
        run.Controls.On("before_activity", "c", call =>
        {
            seen.Add(call.Arguments.ToJsonString());
            call.Arguments["n"] = "spoilt";
            Assert.Equal("hush", call.Secrets["s"]!["token"]!.GetValue<string>());
            return ControlResult.Continue;
        });
        await run.RunAsync();
        Assert.Equal(["""{"n":3,"t":"x hush"}""", """{"n":3,"t":"x hush"}"""], seen);
    }

    [Fact]
    public async Task An_argument_without_a_value_is_a_failed_hook_but_in_the_reference()
    {
        var controls = new JsonArray(new JsonObject
        {
            ["name"] = "c",
            ["provider"] = new JsonObject { ["type"] = "scripted", ["arguments"] = new JsonObject { ["n"] = "${n}" } },
        });
        var run = new TestRun().Action("a");
        run.Document["controls"] = controls.DeepClone();
        await run.RunAsync();
        Assert.Empty(run.Controls.Of("before_activity"));
        Assert.Contains("${n} has no value", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);

        var reference = new TestRun { Options = Reference }.Action("a");
        reference.Document["controls"] = controls.DeepClone();
        await reference.RunAsync();
        Assert.Equal(["c a"], reference.Controls.Of("before_activity"));
    }

    [Fact]
    public async Task The_state_is_what_came_of_the_level()
    {
        var seen = new Dictionary<string, JsonNode?>();
        var run = new TestRun().Controlled("c").Probe("p").Action("a");
        foreach (var level in Enum.GetValues<ControlLevel>())
        {
            foreach (var side in Enum.GetValues<ControlSide>())
            {
                run.Controls.On(HookName.Of(level, side), "c", call =>
                {
                    seen[HookName.Of(level, side)] = call.State;
                    return ControlResult.Continue;
                });
            }
        }

        await run.RunAsync();
        Assert.Null(seen["before_activity"]);
        Assert.Null(seen["before_hypothesis"]);
        Assert.Equal("succeeded", seen["after_activity"]!["status"]!.GetValue<string>());
        Assert.True(seen["after_hypothesis"]!["steady_state_met"]!.GetValue<bool>());
        Assert.Equal("p", seen["after_hypothesis"]!["probes"]![0]!["activity"]!["name"]!.GetValue<string>());
        Assert.Null(seen["after_method"]);
    }

    [Fact]
    public async Task The_context_says_where_it_stands_in_the_experiment()
    {
        var seen = new List<string?>();
        var run = new TestRun().Controlled("c").Probe("p").Action("a").Action("b");
        foreach (var hook in (string[])["before_experiment", "before_hypothesis", "before_method", "before_activity"])
        {
            run.Controls.On(hook, "c", call =>
            {
                seen.Add(call.ContextPointer);
                return ControlResult.Continue;
            });
        }

        await run.RunAsync();
        Assert.Equal(
            ["", "/steady-state-hypothesis", "/steady-state-hypothesis/probes/0", "", "/method/0", "/method/1"], seen.Take(6));
    }

    [Fact]
    public async Task A_control_of_an_unknown_provider_is_left_alone_in_the_reference()
    {
        var run = new TestRun
        {
            ControlProviders = ControlProviders.None,
            Options = new RunOptions { Compatibility = Compatibility.ChaosToolkit },
        }.Controlled("c").Action("a");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Empty(run.Controls.Calls);
        Assert.Empty(run.Notices(NoticeLevel.Warning));
    }
}
