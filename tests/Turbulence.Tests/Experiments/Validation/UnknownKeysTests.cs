using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Keys;
using Turbulence.Loading;
using Turbulence.Validation;

namespace Turbulence.Tests.Experiments.Validation;

/// <summary>A key that nobody reads asks for something that silently does not happen.</summary>
public sealed class UnknownKeysTests
{
    // Every place of the table, with every key of it.
    private const string Everything =
        """
        {"version": 1, "title": "t", "description": "d", "tags": ["a"], "contributions": {"relability": "high"}, "dry": false,
         "configuration": {"titel": {"metod": 1}, "own": {"type": "end", "keys": 1}, "kind": {"type": "evn"}, "tpye": {"typ": "own"}, "e": {"type": "env", "key": "K", "default": "d", "env_var_type": "int"},
           "p": {"type": "probe", "name": "n", "provider": {"type": "process", "path": "true"}}},
         "secrets": {"rolbacks": {"uri": "x", "e": {"type": "env", "key": "K", "default": "d", "env_var_type": "int"},
           "f": {"type": "file", "path": "p", "key": "k"}, "v": {"type": "vault", "path": "p", "key": "k"}}},
         "extensions": [{"name": "other", "servces": 1}, {"name": "turbulence", "services": {"runn": {
            "run": ["a"], "ready": {"url": "http://localhost", "tcp": 1, "command": ["a"], "line": "l", "timeout": 1}, "cwd": ".", "env": {"pth": "x"}, "output": "o", "stop_timeout": 1, "needs": [], "clock": "adjustable"}},
            "users": {"requests": [{"url": "u", "method": "GET", "headers": {}, "body": {"urll": 1}, "weight": 1, "expected_status": 200, "check": "c"}], "rate": 1, "timeout": 1, "classes": {"chek": "a"}}}],
         "controls": [
            {"name": "c", "scope": "before", "automatic": true, "provider": {"type": "python", "module": "m", "arguments": {"modul": 1}, "secrets": [], "timeout": 1}},
            {"ref": "c"},
            {"name": "d", "provider": {"type": "process", "path": "p", "args": [], "timeout": 1, "hooks": [], "arguments": {}, "secrets": [], "cwd": ".", "env": {}}},
            {"name": "e", "provider": {"type": "http", "url": "u", "headers": {"urll": "x"}, "verify_tls": true, "timeout": 1, "hooks": [], "arguments": {}, "secrets": []}},
            {"name": "f", "provider": {"type": "dotnet", "assembly": "a", "class": "c", "arguments": {}, "secrets": [], "timeout": 1}}],
         "runtime": {"rollbacks": {"strategy": "always"}, "hypothesis": {"strategy": "default", "frequency": 1, "fail_fast": true, "settle": 1}, "timeout": 1,
            "safeguards": [{"ref": "p", "frequency": 1}, {"type": "probe", "name": "s", "frequency": 1, "tolerance": true, "provider": {"type": "process", "path": "true"}}]},
         "steady-state-hypothesis": {"title": "h", "controls": [{"ref": "c"}], "probes": [
            {"type": "probe", "name": "p", "tolerance": {"type": "regex", "pattern": "p", "target": "stdout"}, "provider": {"type": "process", "path": "true"}},
            {"type": "probe", "name": "q", "tolerance": {"type": "jsonpath", "path": "$", "target": "body", "count": 1, "expect": [1]}, "provider": {"type": "process", "path": "true"}},
            {"type": "probe", "name": "r", "tolerance": {"type": "range", "range": [1, 2], "target": "status"}, "provider": {"type": "process", "path": "true"}},
            {"type": "probe", "name": "s", "tolerance": {"type": "probe", "name": "n", "provider": {"type": "python", "module": "m", "func": "f", "arguments": {"func": 1}}},
             "provider": {"type": "process", "path": "true"}}]},
         "method": [
            {"type": "action", "name": "a", "background": true, "pauses": {"before": 1, "after": 1}, "controls": [{"ref": "c"}], "timeout": 1, "retries": 1, "interval": 1,
             "until": {"type": "range", "range": [0, 0], "target": "status"}, "dry": false, "configuration": {}, "secrets": [],
             "provider": {"type": "process", "path": "true", "arguments": {"pth": 1}, "timeout": 1, "cwd": ".", "env": {"cwdd": 1}, "stdin": "x", "secrets": [], "retries": 1, "interval": 1}},
            {"type": "action", "name": "b", "provider": {"type": "http", "url": "u", "method": "GET", "headers": {}, "arguments": {}, "timeout": 1, "verify_tls": true,
             "max_retries": 1, "expected_status": 200, "body_limit": 1, "secrets": []}},
            {"type": "action", "name": "c", "provider": {"type": "python", "module": "m", "func": "f", "arguments": {}, "secrets": [], "timeout": 1}},
            {"type": "action", "name": "d", "provider": {"type": "dotnet", "assembly": "a", "class": "c", "method": "m", "arguments": {}, "secrets": []}},
            {"type": "action", "name": "e", "provider": {"type": "fault", "kind": "process.kill", "arguments": {}, "duration": 1, "max_targets": 1, "irreversible": false}},
            {"type": "action", "name": "f", "provider": {"type": "load", "duration": 1, "url": "u", "method": "GET", "headers": {"urll": "x"}, "body": "b", "expected_status": 200, "check": "c", "rate": 1,
             "concurrency": 1, "arrivals": "even", "timeout": 1, "classes": {"clases": "a"}, "connections": "kept", "max_connections": 1}}],
         "rollbacks": [{"ref": "a"}], "x-note": {"rolbacks": 1}}
        """;

    [Fact]
    public void What_is_known_is_known_at_every_depth_and_free_places_stay_free() => Assert.Empty(Check(Everything, strict: true));

    [Fact]
    public void Every_known_key_misspelt_at_every_depth_is_an_error_that_says_which_was_meant()
    {
        var count = 0;
        foreach (var (path, key) in Keys(JsonNode.Parse(Everything), KnownPlaces.Experiment))
        {
            var document = JsonNode.Parse(Everything)!;
            var map = (JsonObject)path.Aggregate(document, (node, step) => node is JsonArray list
                ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!
                : node[step]!);
            var value = map[key];
            map.Remove(key);
            map[key + "e"] = value?.DeepClone();
            var problem = Check(document.ToJsonString()).FirstOrDefault(
                found => found.Pointer == string.Concat(path.Select(step => "/" + step)) + $"/{key}e");
            Assert.True(problem is { Severity: ProblemSeverity.Error } && problem.Message.EndsWith(
                $"did you mean '{key}'?", StringComparison.Ordinal), $"{string.Join('/', path)}/{key}: {problem}");
            count++;
        }

        Assert.True(count > 170, $"{count} keys");
    }

    [Theory]
    [InlineData("""{"rolbacks": []}""", "/rolbacks", "the key 'rolbacks' is not known in an experiment; did you mean 'rollbacks'?")]
    [InlineData(
        """{"rollbacks": [], "rollback": []}""",
        "/rollback",
        "the key 'rollback' is not known in an experiment; did you mean 'rollbacks'?")]
    [InlineData(
        """{"hypothesis": {}}""",
        "/hypothesis",
        "the key 'hypothesis' is not known in an experiment; did you mean 'steady-state-hypothesis'?")]
    [InlineData(
        """{"runtime": {"safegards": []}}""",
        "/runtime/safegards",
        "the key 'safegards' is not known in runtime; did you mean 'safeguards'?")]
    [InlineData(
        """{"runtime": {"strategy": "always"}}""",
        "/runtime/strategy",
        "the key 'strategy' does nothing in runtime; it is a key of runtime.rollbacks")]
    [InlineData(
        """{"runtime": {"rollbacks": {}, "strategy": "always"}}""",
        "/runtime/strategy",
        "the key 'strategy' does nothing in runtime; did you mean to put it into runtime.rollbacks?")]
    [InlineData(
        """{"method": [{"pauses": {"aftr": 1}}]}""",
        "/method/0/pauses/aftr",
        "the key 'aftr' is not known in pauses; did you mean 'after'?")]
    [InlineData(
        """{"method": [{"arguments": [], "provider": {"type": "process"}}]}""",
        "/method/0/arguments",
        "the key 'arguments' does nothing in an activity; did you mean to put it into a process provider?")]
    [InlineData(
        """{"method": [{"provider": {"type": "http", "tolerance": 200}}]}""",
        "/method/0/provider/tolerance",
        "the key 'tolerance' does nothing in an http provider; did you mean to put it into an activity?")]
    [InlineData(
        """{"method": [{"provider": {"type": "python", "path": "x"}}]}""",
        "/method/0/provider/path",
        "the key 'path' does nothing in a python provider; it is a key of a process provider")]
    [InlineData(
        """{"method": [{"provider": {"type": "python", "args": {}}}]}""",
        "/method/0/provider/args",
        "the key 'args' is not known in a python provider; did you mean 'arguments'?")]
    [InlineData(
        """{"method": [{"provider": {"type": "fault", "only_on": "x"}}]}""",
        "/method/0/provider/only_on",
        "the key 'only_on' is not known in a fault provider and does nothing; known are type, kind, arguments, duration, max_targets, irreversible (a note's key begins with x-)")]
    [InlineData(
        """{"configuration": {"a": {"tpye": "env", "key": "K"}}}""",
        "/configuration/a/tpye",
        "the key 'tpye' is not known in a value of the type env; did you mean 'type'?")]
    [InlineData(
        """{"configuration": {"a": {"type": "evn", "key": "K"}}}""",
        "/configuration/a/type",
        "the type 'evn' is not known in configuration; did you mean 'env'?")]
    [InlineData(
        """{"configuration": {"a": {"type": "prob", "name": "n", "provider": {}}}}""",
        "/configuration/a/type",
        "the type 'prob' is not known in configuration; did you mean 'probe'?")]
    [InlineData(
        """{"secrets": {"s": {"a": {"Type": "vault", "path": "p"}}}}""",
        "/secrets/s/a/Type",
        "the key 'Type' is not known in a secret of the type vault; did you mean 'type'?")]
    [InlineData(
        """{"secrets": {"s": {"a": {"type": "valt", "path": "p"}}}}""",
        "/secrets/s/a/type",
        "the type 'valt' is not known in secrets; did you mean 'vault'?")]
    [InlineData(
        """{"secrets": {"s": {"type": "fil", "path": "p"}}}""",
        "/secrets/s/type",
        "the type 'fil' is not known in secrets; did you mean 'file'?")]
    public void A_key_that_was_meant_to_do_something_is_an_error_with_its_place(string experiment, string pointer, string message)
    {
        var problem = Assert.Single(Check(experiment));
        Assert.Equal((pointer, message, ProblemSeverity.Error), (problem.Pointer, problem.Message, problem.Severity));
    }

    [Theory]
    [InlineData("""{"note": 1}""", "an experiment")]
    [InlineData("""{"_rollbacks": []}""", "an experiment")]
    [InlineData("""{"method": [{"description": "why", "layer": "app"}]}""", "an activity")]
    [InlineData("""{"steady-state-hypothesis": {"description": "why"}}""", "the steady-state hypothesis")]
    public void A_note_is_a_warning_that_names_the_known_keys_and_an_error_where_strictness_is_asked_for(string experiment, string place)
    {
        Assert.All(Check(experiment), problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
        Assert.All(
            Check(experiment),
            problem => Assert.Contains($"is not known in {place} and does nothing; known are ", problem.Message, StringComparison.Ordinal));
        Assert.NotEmpty(Check(experiment));
        Assert.All(Check(experiment, strict: true), problem => Assert.Equal(ProblemSeverity.Error, problem.Severity));
    }

    [Fact]
    public void The_reference_reads_past_them_and_a_misspelt_one_is_a_warning()
    {
        var problem = Assert.Single(
            Check("""{"rollback": [], "note": 1, "method": [{"zebra": 1}]}""", compatibility: Compatibility.ChaosToolkit));
        Assert.Equal(
            ("/rollback", "the key 'rollback' is not known here; is 'rollbacks' meant?", ProblemSeverity.Warning),
            (problem.Pointer, problem.Message, problem.Severity));
    }

    [Fact]
    public void The_samples_have_no_key_that_is_unknown()
    {
        var samples = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(samples.FullName, "samples")))
        {
            samples = samples.Parent!;
        }

        var experiments = new[] { "*.json", "*.yaml" }
            .SelectMany(
                pattern => Directory.EnumerateFiles(Path.Combine(samples.FullName, "samples"), pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllBytes(file)))
            .Select(read => read.file.EndsWith(".json", StringComparison.Ordinal)
                ? JsonDocumentReader.Read(read.Item2).Root
                : YamlDocumentReader.Read(read.Item2).Root)
            .OfType<JsonObject>()
            .Where(root => root.ContainsKey("method"))
            .ToList();
        Assert.True(experiments.Count > 3, $"{experiments.Count} samples");
        Assert.All(experiments, experiment => Assert.Empty(Check(experiment.ToJsonString(), strict: true)));
    }

    [Theory]
    [InlineData("turbulance", true)]
    [InlineData("Turbulence", true)]
    [InlineData("turbulence", false)]
    [InlineData("chaosiq", false)]
    public void An_extension_that_is_nearly_ours_says_which_was_meant(string name, bool isMistake)
    {
        var problems = Check($$"""{"extensions": [{"name": "other"}, {"name": "{{name}}", "servces": []}]}""");
        var told = problems
            .Where(problem => problem.Pointer == "/extensions/1/name")
            .Select(problem => (problem.Severity, problem.Message));
        Assert.Equal(isMistake ? [(ProblemSeverity.Error, $"the extension '{name}' does nothing; did you mean 'turbulence'?")] : [], told);
    }

    private static ProblemList Check(string experiment, bool strict = false, Compatibility compatibility = Compatibility.None)
    {
        var document = JsonNode.Parse(experiment)!.AsObject();
        var problems = new ProblemList(new DocumentMap { Root = document });
        new UnknownKeys(compatibility, strict, problems).Check(document, KnownPlaces.Experiment, DocumentPath.Root);
        return problems;
    }

    // Names that the writer chooses are left out, and the keys that say what a map is: without them it is another error.
    private static IEnumerable<(string[] Path, string Key)> Keys(JsonNode? node, KeyPlace place)
    {
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            if (place.Named is null
                && key != "type"
                && !key.StartsWith("x-", StringComparison.Ordinal)
                && !(key == "name" && place.Names is [_, "services", _]))
            {
                yield return ([], key);
            }

            Func<JsonObject, KeyPlace?>? below = place.Named is { } named ? map => UnknownKeys.Of(map, named)
                : place.Below(key, value) is { } choice ? choice.Of
                : null;
            foreach (var (step, child) in below is null ? [] : Maps(value))
            {
                foreach (var (path, inner) in below!(child) is { } known ? Keys(child, known) : [])
                {
                    yield return ([key, .. step, .. path], inner);
                }
            }
        }
    }

    private static IEnumerable<(string[] Step, JsonObject Map)> Maps(JsonNode? value) => value switch
    {
        JsonObject map => [([], map)],
        JsonArray list => list.Select((item, i) => (item, i)).Where(entry => entry.item is JsonObject)
            .Select(entry => (new[] { $"{entry.i}" }, (JsonObject)entry.item!)),
        _ => [],
    };
}
