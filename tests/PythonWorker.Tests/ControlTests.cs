using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>Controls: hooks, what they are given, what they change.</summary>
public sealed class ControlTests
{
    private const string Experiment =
        """{"title": "t", "extensions": [{"name": "x"}], "steady-state-hypothesis": {"title": "h", "probes": []}, "method": [{"name": "a"}, {"name": "b/~c"}]}""";

    private const string Journal = """{"status": "completed", "run": []}""";

    [Fact]
    public async Task Configure_tells_the_hooks_and_what_each_wants()
    {
        var module =
            """
            def configure_control(experiment, configuration, secrets, settings): assert experiment['title'] == 't' and settings == {'s': 1} and secrets is None
            def before_experiment_control(context, configuration=None, secrets=None, **more): pass
            def after_experiment_control(context, state, experiment, settings, special=1): pass
            def before_activity_control(context, extensions): pass
            def after_loading_experiment_control(context, state): pass
            def cleanup_control(): pass
            before_method_control = 3
            """;
        using var room = new Room(module);
        await using var worker = await RunningWorker.StartAsync(room);

        var result = await HookAsync(
            worker, "configure", $$""" "experiment": {{Experiment}}, "configuration": {}, "secrets": null, "settings": {"s": 1} """);

        Json.Same(
            """
            {"end": "succeeded", "hooks": {
                "cleanup": [], "after_loader": ["context", "state"], "before_activity": ["context", "experiment"],
                "before_experiment": ["configuration", "context", "secrets"], "after_experiment": ["context", "experiment", "settings", "state"]}}
            """, result);
    }

    [Theory]
    [InlineData("loader", "loading_experiment", "\"file.json\"", null)]
    [InlineData("experiment", "experiment", null, "")]
    [InlineData("hypothesis", "hypothesis", null, "/steady-state-hypothesis")]
    [InlineData("method", "method", null, "")]
    [InlineData("rollback", "rollback", null, "")]
    [InlineData("activity", "activity", null, "/method/1")]
    public async Task Every_level_has_both_its_hooks(string level, string name, string? context, string? pointer)
    {
        using var room = new Room(
            $$"""
            def before_{{name}}_control(context, n=0): seen.append((context, n))
            def after_{{name}}_control(context, state, n=0): seen.append((context, state, n))
            seen = []
            def told(): return seen
            """);
        await using var worker = await RunningWorker.StartAsync(room);
        var about = context is null
            ? $$""" "experiment": {{Experiment}}, "contextPointer": "{{pointer}}" """
            : $""" "context": {context} """;

        var before = await HookAsync(worker, "before_" + level, about + """, "arguments": {"n": 1} """);
        var after = await HookAsync(worker, "after_" + level, about + $$""", "state": {{Journal}} """);

        Json.Same("""{"end": "succeeded"}""", before);
        Json.Same("""{"end": "succeeded"}""", after);
        var expected = level switch
        {
            "loader" => "\"file.json\"",
            "hypothesis" => """{"title": "h", "probes": []}""",
            "activity" => """{"name": "b/~c"}""",
            _ => Experiment,
        };
        Json.Same($"[[{expected}, 1], [{expected}, {Journal}, 0]]", await worker.OutputAsync("told"));
    }

    [Fact]
    public async Task A_hook_gets_the_objects_that_it_names_and_no_others()
    {
        using var room = new Room(
            """
            def before_activity_control(context, configuration, secrets, experiment, extensions, settings, state, extra, **more):
                seen.update(locals())
            seen = {}
            def told(): seen.pop('experiment', None); return seen
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        await HookAsync(worker, "before_activity",
            $$"""
            "context": {"name": "a"}, "experiment": {{Experiment}}, "configuration": {"c": 1}, "secrets": {"scope": {"s": 2} },
            "settings": {"controls": {} }, "arguments": {"extra": "e", "rest": [1]}
            """);

        Json.Same(
            """
            {"context": {"name": "a"}, "configuration": {"c": 1}, "secrets": {"scope": {"s": 2}}, "extensions": [{"name": "x"}],
             "settings": {"controls": {}}, "state": null, "extra": "e", "more": {"rest": [1]}}
            """, await worker.OutputAsync("told"));
    }

    [Fact]
    public async Task Objects_are_the_same_in_every_hook_and_context_is_a_part_of_the_experiment()
    {
        using var room = new Room(
            """
            kept = {}
            def configure_control(experiment, configuration): kept.update(experiment=experiment, configuration=configuration, first=experiment['method'][0])
            def before_activity_control(context, experiment, configuration):
                assert experiment is kept['experiment'] and configuration is kept['configuration']
                assert context is experiment['method'][0] and context is kept['first']
                assert context['name'] == 'renamed' and configuration == {'c': 2}, (context, configuration)
            def after_activity_control(context):
                assert context is kept['first'] and kept['experiment']['method'][0]['name'] == 'again'
            """);
        await using var worker = await RunningWorker.StartAsync(room);
        await HookAsync(worker, "configure", """ "experiment": {"method": [{"name": "a"}]}, "configuration": {"c": 1} """);

        var before = await HookAsync(worker, "before_activity",
            """ "experiment": {"method": [{"name": "renamed"}]}, "configuration": {"c": 2}, "contextPointer": "/method/0" """);
        var after = await HookAsync(worker, "after_activity", """ "context": {"name": "again"}, "contextPointer": "/method/0" """);

        Json.Same("""{"end": "succeeded"}""", before);
        Json.Same("""{"end": "succeeded"}""", after);
    }

    [Fact]
    public async Task What_a_hook_changes_comes_back_whole()
    {
        using var room = new Room(
            """
            import decimal
            def before_activity_control(context, state, experiment, configuration, secrets):
                context['dry'] = True; state['more'] = {1}; configuration['n'] = decimal.Decimal(1); secrets['scope'].clear()
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        var result = await HookAsync(worker, "before_activity",
            """
            "experiment": {"method": [{"name": "a"}]}, "contextPointer": "/method/0", "state": {"status": "succeeded"},
            "configuration": {"c": 1}, "secrets": {"scope": {"s": 1}}
            """);

        Json.Same(
            """
            {"end": "succeeded", "changes": {
                "context": {"name": "a", "dry": true}, "state": {"status": "succeeded", "more": [1]}, "experiment": {"method": [{"name": "a", "dry": true}]},
                "configuration": {"c": 1, "n": "1"}, "secrets": {"scope": {}}}}
            """, result);
    }

    [Fact]
    public async Task An_activity_is_inserted_into_the_method_as_the_repeat_control_does()
    {
        using var room = new Room(
            """
            import copy
            def after_activity_control(context, experiment):
                method = experiment['method']
                method.insert(method.index(context) + 1, dict(copy.deepcopy(context), name='again'))
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        var first = await HookAsync(worker, "after_activity", $$""" "experiment": {{Experiment}}, "contextPointer": "/method/0" """);
        var longer = first["changes"]!["experiment"]!.ToJsonString();
        var second = await HookAsync(worker, "after_activity", $$""" "experiment": {{longer}}, "contextPointer": "/method/2" """);

        Json.Same("""[{"name": "a"}, {"name": "again"}, {"name": "b/~c"}]""", first["changes"]!["experiment"]!["method"]);
        Json.Same(
            """[{"name": "a"}, {"name": "again"}, {"name": "b/~c"}, {"name": "again"}]""", second["changes"]!["experiment"]!["method"]);
    }

    [Fact]
    public async Task A_change_through_a_kept_object_comes_back_although_the_hook_did_not_ask_for_it()
    {
        using var room = new Room(
            """
            kept = []
            def configure_control(experiment): kept.append(experiment)
            def after_method_control(context, state): kept[0]['touched'] = True
            """);
        await using var worker = await RunningWorker.StartAsync(room);
        await HookAsync(worker, "configure", """ "experiment": {"title": "t"} """);

        Json.Same(
            """{"end": "succeeded", "changes": {"experiment": {"title": "t", "touched": true}}}""",
            await HookAsync(worker, "after_method", """ "context": {"title": "t"}, "state": [] """));
        Json.Same("""{"end": "succeeded"}""", await HookAsync(worker, "cleanup", ""));
    }

    [Fact]
    public async Task The_context_of_a_level_without_an_experiment_is_kept_too()
    {
        using var room = new Room(
            """
            kept = []
            def before_hypothesis_control(context): kept.append(context)
            def after_hypothesis_control(context, state): assert context is kept[0]; assert context['title'] == 'new'
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        await HookAsync(worker, "before_hypothesis", """ "context": {"title": "old"}, "contextPointer": "/steady-state-hypothesis" """);
        Json.Same(
            """{"end": "succeeded"}""",
            await HookAsync(
                worker,
                "after_hypothesis",
                """ "context": {"title": "new"}, "contextPointer": "/steady-state-hypothesis", "state": null """));
    }

    [Theory]
    [InlineData("from chaoslib.exceptions import InterruptExecution; raise InterruptExecution('enough')", "interrupted", "enough")]
    [InlineData("import sys; sys.exit(30)", "exited", "SystemExit: 30")]
    [InlineData("raise ValueError('bad')", "failed", "ValueError: bad")]
    [InlineData("raise KeyboardInterrupt", "failed", "KeyboardInterrupt")]
    public async Task A_hook_interrupts_exits_or_fails_and_what_it_changed_before_comes_back(string statement, string end, string message)
    {
        using var room = new Room(
            $"def before_activity_control(context):\n  context['seen'] = 1\n  {statement}\ndef after_activity_control(): pass\ndef cleanup_control(): {statement}");
        await using var worker = await RunningWorker.StartAsync(room);

        var hook = await HookAsync(worker, "before_activity", """ "context": {} """);
        var cleanup = await HookAsync(worker, "cleanup", "");

        Assert.Equal((end, message), (Json.Text(hook["end"]), Json.Text(hook["message"])));
        Json.Same("""{"context": {"seen": 1}}""", hook["changes"]);
        Assert.Equal((end, message), (Json.Text(cleanup["end"]), Json.Text(cleanup["message"])));
    }

    [Theory]
    [InlineData("def before_activity_control(): pass", "TypeError: before_activity_control() got an unexpected keyword argument 'context'")]
    [InlineData(
        "def before_activity_control(context, needed): pass",
        "TypeError: before_activity_control() missing 1 required positional argument: 'needed'")]
    public async Task A_hook_that_does_not_take_what_it_is_given_fails(string module, string message)
    {
        using var room = new Room(module);
        await using var worker = await RunningWorker.StartAsync(room);

        Assert.Equal(message, Json.Text((await HookAsync(worker, "before_activity", """ "context": {} """))["message"]));
    }

    [Fact]
    public async Task A_change_that_is_nested_too_deeply_is_a_failure_and_not_cut()
    {
        using var room = new Room(
            """
            def before_activity_control(context):
                for _ in range(70): context['in'] = {}; context = context['in']
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same(
            """{"end": "failed", "message": "the value is nested more than 60 levels deep"}""",
            Without(await HookAsync(worker, "before_activity", """ "context": {} """), "trace"));
    }

    [Fact]
    public async Task A_control_that_cannot_be_imported_crashes_and_one_that_fails_to_configure_still_has_hooks()
    {
        using var room = new Room("def configure_control(): raise ValueError('bad')\ndef before_method_control(context): pass");
        room.Write("broken.py", "1 / 0");
        await using var worker = await RunningWorker.StartAsync(room);

        var crashed = await HookAsync(worker, "configure", "", "broken");
        var failed = await HookAsync(worker, "configure", "");
        var absent = await HookAsync(worker, "after_method", """ "context": {} """);

        Assert.Equal(("crashed", "ZeroDivisionError: division by zero"), (Json.Text(crashed["end"]), Json.Text(crashed["message"])));
        Json.Same("{}", crashed["hooks"]);
        Assert.Equal(("failed", "ValueError: bad"), (Json.Text(failed["end"]), Json.Text(failed["message"])));
        Json.Same("""{"before_method": ["context"]}""", failed["hooks"]);
        Json.Same("""{"end": "succeeded"}""", absent);
    }

    [Fact]
    public async Task Event_handlers_are_accepted_and_a_warning_says_that_they_are_not_called()
    {
        using var room = new Room(
            """
            from chaoslib.run import EventHandlerRegistry, RunEventHandler
            class Mine(RunEventHandler):
                def finish(self, journal): pass
            def configure_control(event_registry: EventHandlerRegistry): event_registry.register(Mine())
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        Assert.Equal("succeeded", Json.Text((await HookAsync(worker, "configure", ""))["end"]));

        Json.Same(
            """{"level": "warning", "logger": "turbulence", "message": "the event handler Mine was registered, but will not be called"}""",
            (await worker.UnaskedAsync())["params"]);
    }

    private static JsonObject Without(JsonObject map, string name)
    {
        map.Remove(name);
        return map;
    }

    private static Task<JsonObject> HookAsync(RunningWorker worker, string hook, string about, string module = "sample") =>
        worker.ResultAsync(hook is "configure" or "cleanup" ? hook : "hook",
            $$"""{"hook": "{{hook}}", "name": "the-control", "provider": {"type": "python", "module": "{{module}}"}{{(about.Length > 0 ? "," + about : "")}} }""");
}
