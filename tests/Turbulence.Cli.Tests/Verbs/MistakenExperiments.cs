namespace Turbulence.Cli.Tests.Verbs;

/// <summary>Files with one mistake each: every kind that validation or reading can find without a network.</summary>
internal static class MistakenExperiments
{
    private static readonly string[] Yaml =
    [
        "title: a: b",
        "title: [a, b",
        "title: {a: b",
        "title: \"a",
        "title: a\n\tdescription: b",
        "title: a\n description: b",
        "title: @a",
        "title: *a",
        "title: \"\\q\"",
        "title: a\n- b",
        "- a\n- b",
        "title: a\n---\ntitle: b",
        "",
    ];

    private static readonly string[] Json =
    [
        "{",
        """{"title": "t",}""",
        """{'title': 't'}""",
        """{"title": True}""",
        """{"title" "t"}""",
        """{"title": "t" "description": "d"}""",
        "[]",
        "5",
        "{}",
    ];

    private static readonly string[] Parts =
    [
        """ "method": 5 """,
        """ "method": [5] """,
        """ "method": [{}] """,
        """ "rolbacks": [] """,
        """ "rollbacks": {} """,
        """ "rollbacks": null """,
        """ "configuration": [] """,
        """ "configuration": {"a": {"type": "env", "key": "TURBULENCE_NOT_SET"}} """,
        """ "configuration": {"a": {"type": "env"}} """,
        """ "configuration": {"a": {"type": "env", "key": "HOME", "env_var_type": "int"}} """,
        """ "configuration": {"a": {"type": "env", "key": "HOME", "env_var_type": "integr"}} """,
        """ "secrets": 5 """,
        """ "secrets": {"a": 5} """,
        """ "secrets": {"a": {"k": {"type": "env", "key": "TURBULENCE_NOT_SET"}}} """,
        """ "secrets": {"a": {"k": {"type": "file", "path": "not-there"}}} """,
        """ "tags": [""] """,
        """ "extensions": [{}] """,
        """ "runtime": 5 """,
        """ "runtime": {"rollbacks": "always"} """,
        """ "runtime": {"rollbacks": {"strategy": "allways"}} """,
        """ "runtime": {"hypothesis": {"strategy": "continously2"}} """,
        """ "runtime": {"hypothesis": {"frequency": "1"}} """,
        """ "runtime": {"hypothesis": {"fail_fast": "yes"}} """,
        """ "runtime": {"timeout": 0} """,
        """ "runtime": {"safeguards": {}} """,
        """ "runtime": {"safeguards": [{"ref": "nobody"}]} """,
        """ "runtime": {"safeguards": [{"type": "action", "name": "s", "provider": {"type": "process", "path": "true"}}]} """,
        """ "steady-state-hypothesis": {} """,
        """ "steady-state-hypothesis": {"title": "h", "probes": {}} """,
        """ "steady-state-hypothesis": {"title": "h", "probes": [{"type": "probe", "name": "p", "provider": {"type": "process", "path": "true"}}]} """,
        """ "controls": {} """,
        """ "controls": [5] """,
        """ "controls": [{}] """,
        """ "controls": [{"name": "c", "provider": {"type": "process"}}] """,
        """ "controls": [{"name": "c", "provider": {"type": "process", "path": "true"}, "scope": "befor"}] """,
        """ "controls": [{"name": "c", "provider": {"type": "python"}}] """,
        """ "controls": [{"ref": "nobody"}] """,
        """ "extensions": [{"name": "turbulence", "services": []}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": 5}}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": {"run": "sleep 1"}}}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": {"run": ["sleep"], "ready": {"url": "localhost"}}}}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": {"run": ["sleep"], "stop_timeout": "1"}}}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": {"run": ["sleep"], "clock": "+400d"}}}] """,
        """ "extensions": [{"name": "turbulence", "services": {"s": {"run": ["sleep"], "clok": "adjustable"}}}] """,
    ];

    private static readonly string[] Activities =
    [
        """{"type": "actoin", "name": "a", "provider": {"type": "process", "path": "true"}}""",
        """{"name": "a", "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": 5, "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a"}""",
        """{"type": "action", "name": "a", "provider": {}}""",
        """{"type": "action", "name": "a", "provider": "process"}""",
        """{"type": "action", "name": "a", "provider": {"type": "htpp", "url": "http://localhost"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "uri": "http://localhost"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "localhost:80"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "method": "G E T"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "headers": ["a"]}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "headers": {"a b": "c"}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "timeout": "soon"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "verify_tls": 5}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "max_retries": -1}}""",
        """{"type": "action", "name": "a", "provider": {"type": "http", "url": "http://localhost", "arguments": 5}}""",
        """{"type": "action", "name": "a", "provider": {"type": "process"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "process", "path": "no-such-program"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "process", "path": "true", "cwd": 5}}""",
        """{"type": "action", "name": "a", "provider": {"type": "process", "path": "true", "env": []}}""",
        """{"type": "action", "name": "a", "provider": {"type": "dotnet"}}""",
        """{"type": "action", "name": "a", "timeout": "1", "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a", "retries": "3", "provider": {"type": "process", "path": "true"}, "timeout": -1}""",
        """{"type": "action", "name": "a", "pauses": {"after": "1"}, "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a", "pauses": {"before": -1}, "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a", "background": "yes", "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a", "dry": "sometimes", "provider": {"type": "process", "path": "true"}}""",
        """{"ref": "nobody"}""",
        """{"ref": 5}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": 1.5}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": null}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "rang", "range": [1, 2]}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "range", "target": "status"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "range", "target": "status", "range": [1]}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "range", "target": "status", "range": ["a", 2]}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "regex", "target": "stdout"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "regex", "target": "stdout", "pattern": "a(b"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "jsonpath", "target": "stdout"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "jsonpath", "target": "stdout", "path": ""}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "jsonpath", "target": "stdout", "path": "$.a[?@.b=1]"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "process", "path": "true"}, "tolerance": {"type": "probe", "name": "b"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kil"}}""",
        """{"type": "probe", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"service": "s"}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"prot": 80}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"port": "80"}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": 5}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"service": "s", "port": 80}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"port": 80, "signal": "KIL"}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "stress.io", "arguments": {"path": ".", "bytes": "2GiB"}, "duration": 3601}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "duration": "x", "arguments": {"port": 80}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "max_targets": 0, "arguments": {"port": 80}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "only_on": "x", "arguments": {"port": 80}}}""",
        """{"type": "action", "name": "a", "provider": {"type": "fault", "kind": "process.kill", "arguments": {"port": ["${port}"]}}}""",
        """{"type": "action", "name": "a", "until": {"type": "regx", "pattern": "a"}, "provider": {"type": "process", "path": "true"}}""",
        """{"type": "action", "name": "a", "provider": {"type": "process", "path": "true", "retries": -1}}""",
        """{"type": "action", "name": "a", "provider": {"type": "load", "url": "http://localhost", "rate": [{"form": 1, "duration": 5}]}}""",
        """{"type": "action", "name": "a", "provider": {"type": "load", "url": "http://localhost", "rate": "fast", "duration": "${seconds}"}}""",
    ];

    /// <summary>Each file with its name.</summary>
    public static IEnumerable<(string File, string Text)> All =>
        Yaml.Select(text => ("e.yaml", text))
            .Concat(Json.Select(text => ("e.json", text)))
            .Concat(
                Parts.Select(
                    part =>
                        ("e.json", $$"""{"title": "t", "description": "d"{{(part.Contains("\"method\"", StringComparison.Ordinal) ? "" : ", \"method\": []")}},{{part.TrimEnd()}}}""")))
            .Concat(Activities.Select(activity => ("e.json", $$"""{"title": "t", "description": "d", "method": [{{activity}}]}""")));
}
