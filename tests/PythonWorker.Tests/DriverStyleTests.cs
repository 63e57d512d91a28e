using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>
/// Extensions in the styles of the public ones, each with the habits of its kind: where it finds its server and its credentials, how it
/// fails, what it returns, and how it describes itself.
/// </summary>
public sealed class DriverStyleTests(SharedWorker shared) : IClassFixture<SharedWorker>, IAsyncLifetime
{
    private const string Cluster = """ "secrets": {"KUBERNETES_HOST": "there", "KUBERNETES_CONTEXT": "test"} """;
    private const string Cloud = """ "configuration": {"region": "eu"}, "secrets": {"access_key_id": "AK"} """;
    private const string Stubs = """ "configuration": {"stubs": {"host": "localhost", "port": 8080}} """;
    private const string Proxy = """ "configuration": {"proxy_host": "there"} """;

    private RunningWorker? worker;

    private RunningWorker Worker => worker!;

    public async ValueTask InitializeAsync() => worker = await shared.InAsync(static room =>
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Drivers"), "*.py"))
        {
            File.Copy(file, room[Path.GetFileName(file)], overwrite: true);
        }

        room.Write("script.sh", "test \"$1 $2\" = \"2 1s\"");
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(
        "orchestrator",
        "terminate_pods",
        """{"label_selector": "app", "qty": 2, "ns": "shop"}""",
        Cluster,
        """["test/shop/app-0", "test/shop/app-1"]""")]
    [InlineData("orchestrator", "pods_in_phase", """{"label_selector": "app"}""", Cluster, "true")]
    [InlineData(
        "cloud",
        "stop_instances",
        """{"instance_ids": ["i-1"], "force": true}""",
        Cloud,
        """[{"Id": "i-1", "Region": "eu", "Forced": true}]""")]
    [InlineData(
        "cloud", "describe", "{}", Cloud, """{"Since": "2024-05-06T07:08:09+00:00", "Price": "0.10", "Tags": ["a", "b"], "Key": "AK"}""")]
    [InlineData("cloud", "count", """{"filters": [{}]}""", "", "1")]
    [InlineData("load_script", "run_script", """{"scriptPath": "script.sh", "vus": 2}""", "", "true")]
    [InlineData("load_script", "run_script", """{"scriptPath": "script.sh", "vus": 3, "debug": true}""", "", "false")]
    [InlineData("load_script", "stress_endpoint", """{"endpoint": "http://there"}""", "", "true")]
    [InlineData("stub_server", "add_mappings", """{"mappings": [{"url": "/a"}]}""", Stubs, """[{"id": 0, "request": {"url": "/a"}}]""")]
    [InlineData("stub_server", "global_fixed_delay", """{"fixedDelay": 10}""", Stubs, "1")]
    [InlineData("mesh", "add_delay_fault", """{"virtual_service_name": "v", "fixed_delay": "5s", "routes": [{"host": "h"}]}""", Cluster,
        """{"metadata": {"name": "v", "namespace": "default"}, "context": "test", "spec": {"http": [{"host": "h", "fault": {"delay": {"fixedDelay": "5s", "percentage": {"value": 100.0}}}}]}}""")]
    [InlineData("link_proxy", "create_proxy", """{"proxy_name": "p", "upstream_host": "h", "upstream_port": 80}""", Proxy,
        """{"name": "p", "upstream": "h:80", "enabled": true, "api": "http://there:8474"}""")]
    [InlineData("link_proxy", "proxy_exist", """{"proxy_name": "q"}""", Proxy, "false")]
    public async Task Its_activity_is_valid_and_gives_what_it_returns(
        string module, string function, string arguments, string values, string output)
    {
        Assert.Empty(await ProblemsAsync(module, function, arguments));

        var outcome = await Worker.RunAsync(function, arguments, values, module);

        Assert.True(Json.Text(outcome["end"]) == "succeeded", outcome.ToJsonString());
        Json.Same(output, outcome["output"]);
    }

    [Theory]
    [InlineData(
        "orchestrator", "terminate_pods", "{}", "", "chaoslib.exceptions.ActivityFailed: no host and no configuration of the cluster")]
    [InlineData(
        "orchestrator",
        "terminate_pods",
        """{"qty": 0}""",
        Cluster,
        "chaoslib.exceptions.ActivityFailed: Cannot terminate pods. Quantity '0' is not positive")]
    [InlineData(
        "orchestrator",
        "pods_in_phase",
        """{"label_selector": "app", "phase": "Failed"}""",
        Cluster,
        "chaoslib.exceptions.ActivityFailed: pod 'app' is in phase 'Running' but should be 'Failed'")]
    [InlineData("cloud", "stop_instances", """{"az": "a"}""", "", "chaoslib.exceptions.ActivityFailed: no region is given for compute")]
    [InlineData(
        "framework",
        "enable_chaosmonkey",
        """{"base_url": "http://127.0.0.1:1/actuator"}""",
        "",
        "chaoslib.exceptions.ActivityFailed: cannot reach http://127.0.0.1:1/actuator: ConnectionRefusedError")]
    [InlineData(
        "stub_server",
        "server_running",
        "{}",
        """ "configuration": {"x": 1} """,
        "stub_server.ConfigurationError: Stub server configuration not present")]
    [InlineData(
        "mesh",
        "get_virtual_service",
        """{"virtual_service_name": "missing"}""",
        Cluster,
        "chaoslib.exceptions.ActivityFailed: Virtual Service 'missing' does not exist")]
    [InlineData("link_proxy", "disable_proxy", """{"proxy_name": "q"}""", Proxy, "AssertionError: Proxy q was not found")]
    [InlineData("link_proxy", "disable_proxy", """{"proxy_name": "q"}""", "", "Exception: Configuration is missing for the proxy")]
    public async Task Its_failure_is_told_in_its_own_words(string module, string function, string arguments, string values, string message)
    {
        var outcome = await Worker.RunAsync(function, arguments, values, module);

        Assert.Equal(("failed", message), (Json.Text(outcome["end"]), Json.Text(outcome["message"])));
    }

    [Theory]
    [InlineData(
        "orchestrator",
        "pods_in_phase",
        """{"phase": "Running"}""",
        "required argument 'label_selector' is missing from activity 'pods_in_phase'")]
    [InlineData(
        "orchestrator",
        "terminate_pods",
        """{"label": "app"}""",
        "argument 'label' is not part of the function signature in activity 'terminate_pods'")]
    [InlineData(
        "framework",
        "change_assaults",
        """{"base_url": "http://there"}""",
        "required argument 'assaults_configuration' is missing from activity 'change_assaults'")]
    [InlineData(
        "mesh", "add_delay_faults", "{}", "The python module 'mesh' does not expose a function called 'add_delay_faults' in probe 'the-probe'; did you mean 'add_delay_fault'?")]
    public async Task A_mistake_in_its_activity_is_found_before_the_run(string module, string function, string arguments, string message) =>
        Assert.Equal(message, Json.Text((await ProblemsAsync(module, function, arguments))[0]!["message"]));

    [Fact]
    public async Task Its_control_gets_its_arguments_and_puts_its_result_where_it_wants_it()
    {
        const string Arguments = """ "arguments": {"host": "http://there", "users": 2} """;
        const string Experiment = """ "experiment": {"title": "t", "method": [{"name": "a"}]}, "contextPointer": "" """;

        var configured = await HookAsync("configure", Arguments);
        await HookAsync("before_method", $"{Arguments}, {Experiment}");
        var method = await HookAsync("after_method", $$"""{{Arguments}}, {{Experiment}}, "state": []""");
        var journal = await HookAsync("after_experiment", $$$"""{{{Arguments}}}, {{{Experiment}}}, "state": {"status": "completed"}""");

        Assert.Equal(
            ["after_activity", "after_experiment", "after_method", "before_method", "cleanup"],
            configured["hooks"]!.AsObject().Select(hook => hook.Key).Order(StringComparer.Ordinal));
        Json.Same("""{"users": 2}""", method["changes"]!["state"]![0]!["output"]);
        Json.Same("""{"seen": ["configure http://there 2"], "users": 2}""", journal["changes"]!["state"]!["load"]);
    }

    [Fact]
    public async Task It_describes_what_it_exports_and_looks_for_a_system_only_where_there_is_one()
    {
        var document = await Worker.ResultAsync("describe", """{"name": "orchestrator", "system": true}""");

        Assert.Equal([
            "pods_in_phase", "terminate_pods",
        ], document["activities"]!.AsArray().Select(each => Json.Text(each!["name"])).Where(name => name != "discover").Order());
        Assert.Null(document["system"]);
        var pods = Assert.Single(document["activities"]!.AsArray(), each => Json.Text(each!["name"]) == "terminate_pods")!;
        Json.Same("""{"name": "qty", "default": 1, "type": "integer"}""", pods["arguments"]![5]);
        Assert.Equal("list", Json.Text(pods["return_type"]));
    }

    private async Task<JsonObject> HookAsync(string hook, string more)
    {
        var outcome = await Worker.ResultAsync(hook == "configure"
            ? hook
            : "hook", $$$"""{"hook": "{{{hook}}}", "name": "c", "provider": {"type": "python", "module": "load_users"}, {{{more}}}}""");
        Assert.True(Json.Text(outcome["end"]) == "succeeded", outcome.ToJsonString());
        return outcome;
    }

    private async Task<JsonArray> ProblemsAsync(string module, string function, string arguments)
    {
        var result = await Worker.ResultAsync("validate", $$$"""
            {"activities": [{"type": "probe", "name": "the-probe", "provider": {"type": "python", "module": "{{{module}}}", "func": "{{{function}}}", "arguments": {{{arguments}}}}}], "controls": []}
            """);
        return result["activities"]![0]!.AsArray();
    }
}
