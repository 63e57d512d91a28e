using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Controls;

/// <summary>Controls are called at their hooks, and what they change comes back.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task A_control_says_which_hooks_it_has_and_what_they_want()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = await HookAsync(worker, "configure", "watcher", new() { ["configuration"] = new JsonObject() });

        Assert.Equal("succeeded", (string?)outcome["end"]);
        Assert.True(JsonNode.DeepEquals(outcome["hooks"], JsonNode.Parse("""
            {
              "before_activity": ["context", "experiment", "secrets"], "after_activity": ["state", "settings"], "after_method": ["state"],
              "before_rollback": [], "after_rollback": [], "cleanup": []
            }
            """)), outcome.ToJsonString());
    }

    [Fact]
    public async Task A_control_remembers_and_changes_what_it_is_shown()
    {
        var file = Path.GetTempFileName();
        await using var worker = await WorkerProcess.StartAsync();
        await HookAsync(worker, "configure", "watcher", new()
        {
            ["configuration"] = new JsonObject { ["place"] = "here" },
            ["arguments"] = new JsonObject { ["file"] = file },
        });

        var before = await HookAsync(worker, "before_activity", "watcher", new()
        {
            ["contextPointer"] = "/method/0",
            ["experiment"] = new JsonObject { ["method"] = new JsonArray(new JsonObject { ["name"] = "a" }) },
            ["secrets"] = new JsonObject { ["scope"] = new JsonObject { ["k"] = "v" } },
        });
        Assert.Equal(
            """{"context":{"name":"a","seen":1},"experiment":{"method":[{"name":"a","seen":1}]}}""", before["changes"]!.ToJsonString());

        var after = await HookAsync(worker, "after_activity", "watcher", new()
        {
            ["state"] = new JsonObject { ["status"] = "succeeded", ["more"] = 1 },
            ["settings"] = new JsonArray(1),
        });
        Assert.Null(after["changes"]);

        var method = await HookAsync(worker, "after_method", "watcher", new() { ["state"] = new JsonArray() });
        Assert.Equal("""{"state":["configured here; 1 1; succeeded"]}""", method["changes"]!.ToJsonString());

        Assert.Equal("succeeded", (string?)(await HookAsync(worker, "cleanup", "watcher", []))["end"]);
        Assert.Equal("configured here; 1 1; succeeded; cleaned", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    [Fact]
    public async Task Two_controls_of_one_class_have_an_instance_each()
    {
        await using var worker = await WorkerProcess.StartAsync();
        foreach (var name in (string[])["one", "two"])
        {
            await HookAsync(worker, "configure", name, new() { ["configuration"] = new JsonObject { ["place"] = name } });
        }

        var outcome = await HookAsync(worker, "after_method", "two", new() { ["state"] = new JsonArray() });

        Assert.Equal("""["configured two"]""", outcome["changes"]!["state"]!.ToJsonString());
    }

    [Theory]
    [InlineData("before_rollback", "interrupted", "enough")]
    [InlineData("after_rollback", "failed", "InvalidOperationException: no")]
    [InlineData("before_hypothesis", "succeeded", null)]
    [InlineData("after_activity", "crashed", "argument 'state' of hook 'AfterActivity' must be an Entry, and is a list")]
    public async Task A_hook_ends_as_its_method_does(string hook, string end, string? message)
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = await HookAsync(worker, hook, "watcher", new() { ["state"] = new JsonArray() });

        Assert.Equal(end, (string?)outcome["end"]);
        Assert.StartsWith(message ?? "", (string?)outcome["message"] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_class_can_be_left_out_where_one_is_marked()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = Assert.IsType<JsonObject>(await worker.RequestAsync("hook", new JsonObject
        {
            ["hook"] = "before_rollback",
            ["name"] = "it",
            ["provider"] = new JsonObject { ["type"] = "dotnet", ["assembly"] = BuiltFiles.Sample },
        }));

        Assert.Equal("interrupted", (string?)outcome["end"]);
    }

    private static async Task<JsonObject> HookAsync(WorkerProcess worker, string hook, string name, JsonObject more)
    {
        var request = new JsonObject { ["hook"] = hook, ["name"] = name, ["provider"] = WorkerProcess.Provider("Watcher", "") };
        foreach (var (key, value) in more)
        {
            request[key] = value?.DeepClone();
        }

        var method = hook is "configure" or "cleanup" ? hook : "hook";
        return Assert.IsType<JsonObject>(await worker.RequestAsync(method, request));
    }
}
