namespace PythonWorker.Tests;

/// <summary>A driver whose dependencies are not installed, laid out as the public ones are.</summary>
public sealed class StandInTests
{
    private const string Driver =
        """
        from typing import List
        from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
        from chaoslib.exceptions import DiscoveryFailed
        from chaoslib.types import Configuration, DiscoveredActivities, Discovery, Secrets
        from logzero import logger
        __version__ = '0.1.0'
        __all__ = ['__version__', 'discover']

        def discover(discover_system: bool = True) -> Discovery:
            logger.info('Discovering capabilities of driver')
            discovery = initialize_discovery_result('chaostoolkit-driver', __version__, 'driver')
            discovery['activities'].extend(load_exported_activities())
            if discover_system: discovery['system'] = {'nodes': 3}
            return discovery

        def load_exported_activities() -> List[DiscoveredActivities]:
            return discover_actions('driver.actions') + discover_probes('driver.probes')
        """;

    private const string Actions =
        """
        from chaoslib.exceptions import ActivityFailed, FailedActivity
        from chaoslib.types import Configuration, Secrets
        from logzero import logger
        from typing import Any, Dict, List, Optional
        __all__ = ['stop_node', 'drain']
        def stop_node(name: str, force: bool = False, grace: float = 1.5, configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
            '''
            Stop a node.

            More of it.
            '''
            if name == 'missing': raise FailedActivity('node %s not found' % name)
            logger.debug('stopping %s', name)
            return {'stopped': name, 'as': (secrets or {}).get('user'), 'region': configuration['region']}
        def drain(nodes: List[str], labels: dict, at: Optional[int] = None, *rest: bytes, key: str = '', **more): pass
        def not_exported(): pass
        """;

    [Fact]
    public async Task A_driver_without_its_dependencies_does_its_work()
    {
        using var room = Layout();
        await using var worker = await RunningWorker.StartAsync(room);

        var outcome = await worker.RunAsync(
            "stop_node", """{"name": "n1"}""", """ "configuration": {"region": "eu"}, "secrets": {"user": "me"} """, "driver.actions");
        var failure = await worker.RunAsync("stop_node", """{"name": "missing"}""", module: "driver.actions");

        Json.Same("""{"end": "succeeded", "output": {"stopped": "n1", "as": "me", "region": "eu"} }""", outcome);
        Assert.Equal("chaoslib.exceptions.ActivityFailed: node missing not found", Json.Text(failure["message"]));
        Json.Same("""{"level": "debug", "logger": "logzero_default", "message": "stopping n1"}""", (await worker.UnaskedAsync())["params"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_driver_describes_itself(bool system)
    {
        using var room = Layout();
        await using var worker = await RunningWorker.StartAsync(room);

        var document = await worker.ResultAsync("describe", $$"""{"name": "driver", "system": {{(system ? "true" : "false")}} }""");

        Json.Same(
            """
            [{"type": "action", "name": "drain", "mod": "driver.actions", "doc": null, "arguments": [
                {"name": "nodes", "type": "list"}, {"name": "labels", "type": "mapping"}, {"name": "at", "default": null, "type": "object"}, {"name": "rest", "type": "byte"}]},
             {"type": "action", "name": "stop_node", "mod": "driver.actions", "doc": "Stop a node.\n\nMore of it.", "return_type": "mapping", "arguments": [
                {"name": "name", "type": "string"}, {"name": "force", "default": false, "type": "boolean"}, {"name": "grace", "default": 1.5, "type": "number"},
                {"name": "configuration", "default": null, "type": "mapping"}, {"name": "secrets", "default": null, "type": "mapping"}]},
             {"type": "probe", "name": "healthy", "mod": "driver.probes", "doc": null, "arguments": [], "return_type": "boolean"}]
            """, document["activities"]);
        Json.Same("""{"name": "chaostoolkit-driver", "version": "0.1.0"}""", document["extension"]);
        Json.Same("\"driver\"", document["target"]);
        Json.Same(system ? """{"nodes": 3}""" : "null", document["system"]);
        Assert.EndsWith("+00:00", Json.Text(document["date"]), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(Json.Text(document["id"]), out _));
        Assert.Equal(
            ["machine", "node", "platform", "proc", "python", "release", "system", "version"],
            document["platform"]!.AsObject().Select(each => each.Key).Append("platform").Order());
        Assert.True(document.ContainsKey("chaoslib_version"));
    }

    [Theory]
    [InlineData("nowhere", "Package nowhere not found")]
    [InlineData("silent", "package 'silent' does not export a `discover` function")]
    [InlineData("broken", "could not load Python module 'broken': ModuleNotFoundError: No module named 'not_installed'")]
    [InlineData("lost", "chaoslib.exceptions.DiscoveryFailed: could not import extension module 'lost.probes'")]
    public async Task A_description_that_fails_says_why(string name, string message)
    {
        using var room = Layout();
        room.Write("silent.py", "");
        room.Write("broken.py", "import not_installed");
        room.Write(
            "lost/__init__.py",
            "from chaoslib.discovery import discover_probes\ndef discover(discover_system): return discover_probes('lost.probes')");
        await using var worker = await RunningWorker.StartAsync(room);

        var outcome = await worker.ResultAsync("describe", $$"""{"name": "{{name}}"}""");

        Assert.Equal(("failed", message), (Json.Text(outcome["end"]), Json.Text(outcome["message"])));
    }

    [Fact]
    public async Task Installed_extensions_are_listed_and_described_by_the_name_of_their_distribution()
    {
        using var room = Layout();
        Distribution(room, "chaostoolkit-driver", "driver");
        Distribution(room, "chaostoolkit-lib", "chaoslib_not_here");
        Distribution(room, "something-else", "else");
        await using var worker = await RunningWorker.StartAsync(room);

        var list = await worker.ResultAsync("list");
        var document = await worker.ResultAsync("describe", """{"name": "chaostoolkit-driver", "system": false}""");

        Assert.Contains(list["extensions"]!.AsArray(), each => System.Text.Json.Nodes.JsonNode.DeepEquals(each, Json.Map(
            """{"name": "chaostoolkit-driver", "version": "1.2.3", "license": "MIT", "description": "About it"}""")));
        Assert.DoesNotContain(list["extensions"]!.AsArray(), each => Json.Text(each!["name"]) is "chaostoolkit-lib" or "something-else");
        Json.Same("\"driver\"", document["target"]);
    }

    [Fact]
    public async Task Every_name_that_public_drivers_import_is_there()
    {
        using var room = new Room(
            """
            import chaoslib, chaoslib.discovery
            from chaoslib import Configuration, Secrets, __version__, decode_bytes, experiment_hash, substitute
            from chaoslib.activity import execute_activity, run_activity
            from chaoslib.caching import lookup_activity, with_cache
            from chaoslib.configuration import load_configuration
            from chaoslib.control import controls
            from chaoslib.discovery import discover
            from chaoslib.discovery.discover import discover_activities, portable_type_name
            from chaoslib.exceptions import *
            from chaoslib.exit import exit_gracefully, exit_ungracefully
            from chaoslib.experiment import run_experiment
            from chaoslib.hypothesis import within_tolerance
            from chaoslib.notification import notify
            from chaoslib.run import EventHandlerRegistry, RunEventHandler, Runner, Schedule, Strategy
            from chaoslib.secret import load_secrets
            from chaoslib.settings import get_loaded_settings, load_settings
            from chaoslib.types import *
            from logzero import DEBUG, logger, loglevel, setup_logger
            import os
            os.environ['SET'] = '8'
            def found(): return sorted(name for name in globals() if name[0].isupper())
            def taxonomy(): return [issubclass(each, ChaosException) for each in (InvalidExperiment, InvalidControl, ControlPythonFunctionLoadingError)]
            def substituted(text): return substitute(text, {'a': 1, 'b': [2]}, {'s': {'a': 'not', 'c': 'secret'}})
            def configured(): return load_configuration({'p': {'type': 'env', 'key': 'SET', 'env_var_type': 'int'}, 'q': {'x': 1}}, {'q': 2})
            def unset(): return load_configuration({'p': {'type': 'env', 'key': 'NOT_SET'}})
            def secret(): return load_secrets({'scope': {'k': {'type': 'env', 'key': 'SET'}, 'deep': {'v': 1}}})
            def hashed(): return experiment_hash({'b': 1, 'a': 'é'})
            def needs_the_real_one(): run_experiment({})
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        var found = Json.Texts(await worker.OutputAsync("found"));
        string[] expected =
        [
            "Activity", "ActivityFailed", "Configuration", "Discovery", "Dry", "Experiment", "Extension", "FailedActivity",
            "InterruptExecution",
            "Journal", "Run", "Secrets", "Settings",
        ];
        Assert.Empty(expected.Except(found));
        Json.Same("[true, true, false]", await worker.OutputAsync("taxonomy"));
        Json.Same(
            """["1", 1, [2], "secret $x ${x} $ $5 $"]""",
            await worker.OutputAsync("substituted", """{"text": ["$a", "${a}", "${b}", "${c} $x ${x} $$ $5 $"]}"""));
        Json.Same("""{"p": 8, "q": 2}""", await worker.OutputAsync("configured"));
        Json.Same("""{"scope": {"k": "8", "deep": {"v": 1} } }""", await worker.OutputAsync("secret"));
        Assert.Equal(24, Json.Text(await worker.OutputAsync("hashed")).Length);
        Assert.Equal(
            "chaoslib.exceptions.InvalidExperiment: Configuration makes reference to an environment key that does not exist: NOT_SET",
            Json.Text((await worker.RunAsync("unset"))["message"]));
        Assert.Equal(
            "chaoslib.exceptions.ChaosException: chaoslib.experiment.run_experiment needs the package chaostoolkit-lib, which is not installed",
            Json.Text((await worker.RunAsync("needs_the_real_one"))["message"]));
    }

    [Fact]
    public async Task An_installed_chaoslib_is_used_and_its_gaps_are_not_filled()
    {
        using var room = new Room("import chaoslib\ndef mark(): return chaoslib.MARK\ndef gap(): import chaoslib.types");
        room.Write("chaoslib/__init__.py", "MARK = 'real'");
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("\"real\"", await worker.OutputAsync("mark"));
        Assert.Equal("ModuleNotFoundError: No module named 'chaoslib.types'", Json.Text((await worker.RunAsync("gap"))["message"]));
    }

    private static Room Layout()
    {
        var room = new Room();
        room.Write("driver/__init__.py", Driver);
        room.Write("driver/actions.py", Actions);
        room.Write("driver/probes.py", "from chaoslib.types import Configuration\n__all__ = []\ndef healthy() -> bool: return True");
        return room;
    }

    private static void Distribution(Room room, string name, string module)
    {
        var folder = name.Replace('-', '_') + "-1.2.3.dist-info";
        room.Write(folder + "/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2.3\nSummary: About it\nLicense: MIT\n");
        room.Write(folder + "/top_level.txt", module + "\n");
    }
}
