using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Hosts.Activities;
using Turbulence.Hosts.Controls;
using Turbulence.Hosts.Workers;
using Turbulence.Validation;

namespace Turbulence.Hosts.Tests.Lookup;

public sealed class ValidationTests
{
    [Fact]
    public async Task The_workers_problems_stand_where_they_belong()
    {
        var problems = await ValidateAsync([Action("one", "echo"), Action("two", "absent")], new ScriptedRuntime());

        Assert.Equal(["/method/1/provider/func: there is no such function (activity 'two')"], problems);
    }

    [Fact]
    public async Task One_look_up_is_enough_for_all()
    {
        var runtime = new ScriptedRuntime();

        await ValidateAsync([.. Enumerable.Range(0, 50).Select(i => Action($"a{i}", "echo"))], runtime);

        Assert.Equal(1, runtime.Started);
    }

    [Fact]
    public async Task Activities_that_differ_in_their_names_alone_are_looked_up_once_where_nothing_is_wrong_with_them()
    {
        var other = Action("other", "is counted");
        other["provider"]!["arguments"] = new JsonObject { ["n"] = 1.0 };
        var probe = Action("probe", "is counted");
        probe["type"] = "probe";

        var problems = await ValidateAsync(
            [Action("one", "is counted"), Action("two", "is counted"), other, (JsonObject)other.DeepClone(), probe], new ScriptedRuntime());

        Assert.Equal(
            [
                "/method/2/provider/func: look-up 2 (activity 'other')",
                "/method/3/provider/func: look-up 3 (activity 'other')",
                "/method/4/provider/func: look-up 4 (activity 'probe')",
            ],
            problems);
    }

    [Fact]
    public async Task Code_that_takes_the_worker_down_when_it_is_loaded_is_named()
    {
        var problems = await ValidateAsync(
            [Action("one", "echo"), Action("two", "dies on load"), Action("three", "absent")], new ScriptedRuntime());

        Assert.Equal(
            [
                "/method/1/provider: activity 'two' cannot be carried out: the scripted worker ended with exit code 9 while it carried out "
                + "the look-up of 'two'; it last said: dies while it is loaded",
                "/method/2/provider/func: there is no such function (activity 'three')",
            ],
            problems);
    }

    [Fact]
    public async Task Code_that_hangs_when_it_is_loaded_is_named_and_no_other()
    {
        var time = new FakeTimeProvider();
        await using var host = new TestHost(new ScriptedRuntime(), time: time);
        var again = Action("again", "hangs on load");
        again["provider"]!["module"] = "hanging";
        var hanging = (JsonObject)again.DeepClone();
        hanging["name"] = "two";

        var asked = ValidateAsync([Action("one", "echo"), hanging, Action("three", "echo"), again], host);
        await Eventually.HoldsAsync(() => host.Said.Any(line => line.Text.EndsWith("hangs while it is loaded", StringComparison.Ordinal)));
        time.Advance(TimeSpan.FromSeconds(60));
        var worker = host.Host.ProcessIds;
        await Eventually.HoldsAsync(() =>
        {
            // What is over a time limit is cancelled, and a moment later ended.
            time.Advance(TimeSpan.FromMilliseconds(100));
            return !host.Host.ProcessIds.Intersect(worker).Any();
        });

        Assert.Equal(
            [
                "/method/1/provider: activity 'two' cannot be carried out: the look-up of 'two' took longer than 60 s",
                "/method/3/provider: activity 'again' cannot be carried out: the look-up of 'two' took longer than 60 s",
            ],
            await asked);
    }

    [Fact]
    public async Task A_machine_without_the_language_is_an_error_of_each_activity_and_of_each_control()
    {
        var action = Action("one", "echo");
        action["controls"] = new JsonArray(Control("c", "m"));

        var problems = await ValidateAsync([action, Action("two", "echo")], new MissingRuntime("install Lua"));

        Assert.Equal(
            [
                "/method/0/provider: activity 'one' cannot be carried out: install Lua",
                "/method/1/provider: activity 'two' cannot be carried out: install Lua",
                "/method/0/controls/0/provider: Control 'c' does nothing: install Lua",
            ],
            problems);
    }

    [Fact]
    public async Task A_control_that_is_not_there_is_an_error()
    {
        var action = Action("one", "echo");
        action["controls"] = new JsonArray(Control("c", "absent"));

        Assert.Equal(["/method/0/controls/0/provider/func: no such module"], await ValidateAsync([action], new ScriptedRuntime()));
    }

    [Fact]
    public async Task A_probe_inside_of_a_tolerance_is_looked_up_with_the_argument_that_it_will_get()
    {
        var probe = Action("one", "echo");
        probe["type"] = "probe";
        probe["tolerance"] = Action("inner", "needs value");
        probe["tolerance"]!["type"] = "probe";
        var unfit = Action("two", "needs value");

        var problems = await ValidateAsync([probe, unfit], new ScriptedRuntime());

        Assert.Equal(["/method/1/provider/func: no value (activity 'two')"], problems);
    }

    [Fact]
    public async Task What_has_the_wrong_shape_is_told_in_the_references_words_and_not_looked_up()
    {
        var runtime = new ScriptedRuntime();
        var action = Action("one", "");
        ((JsonObject)action["provider"]!).Remove("module");
        action["provider"]!["arguments"] = new JsonArray();
        action["provider"]!["secrets"] = "all";

        var problems = await ValidateAsync([action], runtime);

        Assert.Equal(
            [
                "/method/0/provider: a Python activity must have a module path",
                "/method/0/provider/func: a Python activity must have a function name",
                "/method/0/provider/secrets: secrets must be a list of scopes",
                "/method/0/provider/arguments: arguments must be a map of names to values",
            ],
            problems);
        Assert.Equal(0, runtime.Started);
    }

    private static JsonObject Action(string name, string func) => new()
    {
        ["type"] = "action",
        ["name"] = name,
        ["provider"] = new JsonObject { ["type"] = "python", ["module"] = "parts", ["func"] = func },
    };

    private static JsonObject Control(string name, string module) =>
        new() { ["name"] = name, ["provider"] = new JsonObject { ["type"] = "python", ["module"] = module } };

    private static async Task<IEnumerable<string>> ValidateAsync(JsonArray method, IWorkerRuntime runtime)
    {
        await using var host = new TestHost(runtime);
        return await ValidateAsync(method, host);
    }

    private static async Task<IEnumerable<string>> ValidateAsync(JsonArray method, TestHost host)
    {
        using var controls = new PythonControlProvider(host.Host);
        var document = new JsonObject { ["title"] = "t", ["description"] = "d", ["method"] = method };
        var validator = new ExperimentValidator(
            new ActivityProviders(new PythonProvider(host.Host)), Compatibility.None, new ControlProviders(controls));

        await validator.PrepareAsync(document, TestContext.Current.CancellationToken);

        return validator.Validate(document, new DocumentMap { Root = document })
            .Select(problem => $"{problem.Pointer}: {(problem.Severity == ProblemSeverity.Warning ? "warning: " : "")}{problem.Message}");
    }
}
