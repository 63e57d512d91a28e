namespace PythonWorker.Tests;

/// <summary>What a control needs of chaoslib to check and carry out activities by itself, where chaoslib is not installed.</summary>
public sealed class StandInRunTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    private const string Sample =
        """
        import os, sys, warnings
        from chaoslib import convert_vars, merge_vars, PayloadEncoder
        from chaoslib.activity import ensure_activity_is_valid, execute_activity, get_all_activities_in_experiment, run_activity
        from chaoslib.caching import cache_activities, clear_cache, lookup_activity, with_cache
        from chaoslib.control import controls, get_global_controls
        from chaoslib.deprecation import warn_about_deprecated_features, warn_about_moved_function
        from chaoslib.exceptions import ActivityFailed, InvalidActivity
        from chaoslib.experiment import initialize_run_journal
        from chaoslib.extension import get_extension, has_extension, merge_extension, remove_extension, set_extension
        from chaoslib.hypothesis import ensure_hypothesis_tolerance_is_valid, within_tolerance
        from chaoslib.loader import load_experiment, parse_experiment_from_file
        from chaoslib.log import configure_logger
        from chaoslib.notification import RunFlowEvent
        from chaoslib.provider.python import validate_python_activity
        from chaoslib.settings import get_loaded_settings, load_settings, save_settings
        from chaoslib.types import Dry, Strategy

        def fail(): raise ValueError('no')
        def judge(value): return value == 1
        def returns(value, configuration, secrets): return [value, configuration, secrets]
        def activity(**provider): return {'type': 'probe', 'name': 'a', 'provider': provider}

        def run(provider): return run_activity(activity(**provider), {'x': 1}, {'s': {'k': 'v'}})
        def valid(value): ensure_activity_is_valid(value)
        def tolerable(tolerance): ensure_hypothesis_tolerance_is_valid(tolerance)
        def within(tolerance, output): return within_tolerance(tolerance, output, configuration={'x': 1}, secrets={})
        def converted(texts): return convert_vars(texts)
        def merged(files): return [merge_vars({'v': 1}, files), os.environ.get('FROM_FILE')]
        def cached():
            cache_activities({'method': [{'name': 'a', 'n': 1}, {'n': 2}], 'steady-state-hypothesis': {'probes': [{'name': 'a', 'n': 3}]}})
            found = [lookup_activity('a')['n'], lookup_activity('b')]
            clear_cache()
            return found + [lookup_activity('a')]
        def journal():
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter('always')
                made = initialize_run_journal({'title': 't'})
            return [sorted(made), made['status'], made['deviated'], made['steady_states'], 'has now moved' in str(said[0].message)]
        def deprecated():
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter('always')
                warn_about_deprecated_features({'method': [activity(type='process', path='x', arguments={'a': 1})] * 2, 'secrets': {}})
            return [str(each.message)[:47] for each in said]
        def settings(path):
            save_settings({'a': {'b': 1}}, path)
            return [load_settings(path), get_loaded_settings(), load_settings(path + 'x')]
        def parsed(path): return parse_experiment_from_file(path)
        def played(**control):
            experiment = {'controls': [{'name': 'c', 'provider': {'type': 'python', 'module': 'watch', 'arguments': {'text': '${x}'}}, **control}]}
            entry = execute_activity(experiment, activity(type='python', module='sample', func='fail'), {'x': 1}, {}, dry=None)
            import watch
            return [entry['status'], entry['exception'][-1], watch.seen]
        def extended():
            document = {}
            set_extension(document, {'name': 'e', 'v': 1}); merge_extension(document, {'name': 'e', 'w': 2}); set_extension(document, {'name': 'f'})
            remove_extension(document, 'f')
            return [document, has_extension(document, 'f'), get_extension(document, 'e')['w']]
        def enums(): return [Strategy.from_string('continuously').value, Dry.from_string('pause').value, RunFlowEvent.RunDeviated.value]
        """;

    [Fact]
    public async Task Activities_are_carried_out_as_the_library_does()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("""[1, {"x": 1}, {"k": "v"}]""", await worker.OutputAsync(
            "run",
            """{"provider": {"type": "python", "module": "sample", "func": "returns", "arguments": {"value": "${x}"}, "secrets": ["s", "t"]}}"""));
        Json.Same("""{"status": 3, "stdout": "1 v\n", "stderr": ""}""", await worker.OutputAsync(
            "run", """{"provider": {"type": "process", "path": "sh", "arguments": ["-c", "echo ${x} $k; exit 3", ""]}}"""));
        Json.Same(
            """{"status": 0, "stdout": "1\n", "stderr": ""}""",
            await worker.OutputAsync("run", """{"provider": {"type": "process", "path": "echo", "arguments": "$x"}}"""));
        Assert.Equal(
            "chaoslib.exceptions.ActivityFailed: ValueError: no",
            Message(await worker.RunAsync("run", """{"provider": {"type": "python", "module": "sample", "func": "fail"}}""")));
        Assert.Equal("chaoslib.exceptions.ActivityFailed: process activity took too long to complete", Message(await worker.RunAsync(
            "run", """{"provider": {"type": "process", "path": "sleep", "arguments": ["60"], "timeout": 0.05}}""")));
        Assert.StartsWith("chaoslib.exceptions.ActivityFailed: failed to connect to http://127.0.0.1:1/?a=1", Message(await worker.RunAsync(
            "run",
            """{"provider": {"type": "http", "url": "http://127.0.0.1:1/", "arguments": {"a": "${x}"}}}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "empty activity is no activity")]
    [InlineData("""{"ref": ""}""", "reference to activity must be non-empty strings")]
    [InlineData("""{"ref": "x"}""", null)]
    [InlineData("""{"name": "a"}""", "an activity must have a type")]
    [InlineData("""{"type": "probe", "name": "a", "provider": {"type": "x"}}""", "unknown provider type 'x'")]
    [InlineData(
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "nowhere"}}""",
        "path 'nowhere' cannot be found, in activity 'a'")]
    [InlineData(
        """{"type": "probe", "name": "a", "provider": {"type": "python", "module": "nowhere", "func": "f"}}""",
        "could not find Python module 'nowhere' in activity 'a'")]
    [InlineData("""{"type": "probe", "name": "a", "provider": {"type": "python", "module": "sample", "func": "fail"}}""", null)]
    [InlineData(
        """{"type": "probe", "name": "a", "background": 1, "provider": {"type": "http", "url": "http://x"}}""",
        "activity background must be a boolean")]
    public async Task Activities_are_checked_as_the_library_does(string activity, string? problem)
    {
        var worker = await shared.OfAsync(Sample);

        Assert.Equal(Refused(problem), MessageOrNull(await worker.RunAsync("valid", $$"""{"value": {{activity}}}""")));
    }

    [Theory]
    [InlineData("1.5", "hypothesis probe tolerance must either be an integer, a string, a boolean or a pair of values for boundaries.")]
    [InlineData("""{"type": "odd"}""", "hypothesis probe tolerance type 'odd' is unsupported")]
    [InlineData(
        """{"type": "regex", "pattern": "("}""", "hypothesis probe tolerance pattern ( seems invalid: missing ), unterminated subpattern")]
    [InlineData("""{"type": "range", "range": [1]}""", "hypothesis range sequence must be made of two values")]
    [InlineData("""{"type": "range", "range": [1, "x"]}""", "hypothesis range upper boundary must be a number")]
    [InlineData("""{"type": "range", "range": [1, 2.5]}""", null)]
    [InlineData("[200, 301]", null)]
    public async Task Tolerances_are_checked_as_the_library_does(string tolerance, string? problem)
    {
        var worker = await shared.OfAsync(Sample);

        var message = MessageOrNull(await worker.RunAsync("tolerable", $$"""{"tolerance": {{tolerance}}}"""));

        Assert.StartsWith(Refused(problem) ?? "", message ?? "", StringComparison.Ordinal);
        Assert.Equal(problem is null, message is null);
    }

    [Theory]
    [InlineData("true", "true", "true")]
    [InlineData("true", """{"status": 0}""", "false")]
    [InlineData("200", """{"status": 200}""", "true")]
    [InlineData("[1, 3]", "2", "true")]
    [InlineData("[1, 2, 4]", "3", "false")]
    [InlineData("[200, 299]", """{"status": 250}""", "false")]
    [InlineData("\"a\"", "\"a\"", "true")]
    [InlineData("""{"type": "regex", "pattern": "^${x}$", "target": "stdout"}""", """{"stdout": "1"}""", "true")]
    [InlineData("""{"type": "range", "range": [1, 2]}""", "\"1.5\"", "true")]
    [InlineData("""{"type": "range", "range": [1, 2]}""", "\"x\"", "false")]
    [InlineData(
        """{"type": "probe", "name": "p", "provider": {"type": "python", "module": "sample", "func": "judge", "arguments": {}}}""",
        "1",
        "true")]
    [InlineData("1.5", "1.5", "null")]
    public async Task Values_are_held_against_tolerances_as_the_library_does(string tolerance, string output, string expected)
    {
        var worker = await shared.OfAsync(Sample);

        Json.Same(expected, await worker.OutputAsync("within", $$"""{"tolerance": {{tolerance}}, "output": {{output}}}"""));
    }

    [Fact]
    public async Task A_control_that_carries_out_an_activity_calls_the_controls_around_it()
    {
        using var room = new Room(Sample);
        room.Write(
            "watch.py",
            "seen = []\ndef before_activity_control(context, text): seen.append(['before', text])\ndef after_activity_control(context, state, **more): seen.append(['after', state['status']])");
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same(
            """["failed", "chaoslib.exceptions.ActivityFailed: ValueError: no\n", [["before", 1], ["after", "failed"]]]""",
            await worker.OutputAsync("played"));
        Json.Same(
            """["failed", "chaoslib.exceptions.ActivityFailed: ValueError: no\n", [["before", 1], ["after", "failed"], ["after", "failed"]]]""",
            await worker.OutputAsync("played", """{"scope": "after"}"""));
    }

    [Fact]
    public async Task The_rest_of_the_library_does_what_its_names_say()
    {
        using var room = new Room(Sample);
        room.Write("v.json", """{"configuration": {"a": 1}, "secrets": {"s": {"k": 2}}}""");
        room.Write("v.env", "# of a file\nFROM_FILE=x=y\n");
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same(
            """{"a": "1", "b": 2, "c": {"d": 1.5}, "e": false}""",
            await worker.OutputAsync("converted", """{"texts": ["a=1", "b:int=2", "c:json={\"d\": 1.5}", "e:bool=no"]}"""));
        Json.Same(
            """[[{"a": 1, "v": 1}, {"s": {"k": 2}}], "x=y"]""",
            await worker.OutputAsync("merged", """{"files": ["v.json", "v.env", "nowhere"]}"""));
        Json.Same("[3, null, null]", await worker.OutputAsync("cached"));
        Json.Same(
            """[["chaoslib-version", "deviated", "experiment", "node", "platform", "rollbacks", "run", "start", "status", "steady_states"], null, false, {"before": null, "after": null, "during": []}, true]""",
            await worker.OutputAsync("journal"));
        Json.Same("""["Process arguments should now be a list to keep "]""", await worker.OutputAsync("deprecated"));
        Json.Same("""[{"extensions": [{"name": "e", "v": 1, "w": 2}]}, false, 2]""", await worker.OutputAsync("extended"));
        Json.Same("""["continuous", "pause", "run-deviated"]""", await worker.OutputAsync("enums"));
        Json.Same(
            """{"configuration": {"a": 1}, "secrets": {"s": {"k": 2}}}""", await worker.OutputAsync("parsed", """{"path": "v.json"}"""));
        Assert.Equal(
            "chaoslib.exceptions.InvalidExperiment: only files with json, yaml or yml extensions are supported",
            Message(await worker.RunAsync("parsed", """{"path": "v.env"}""")));
    }

    private static string? Refused(string? problem) => problem is null ? null : "chaoslib.exceptions.InvalidActivity: " + problem;

    private static string Message(System.Text.Json.Nodes.JsonObject outcome) => Json.Text(outcome["message"]);

    private static string? MessageOrNull(System.Text.Json.Nodes.JsonObject outcome) =>
        outcome["message"] is { } message ? Json.Text(message) : null;
}
