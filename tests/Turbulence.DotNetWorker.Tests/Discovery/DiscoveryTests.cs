using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Discovery;

/// <summary>An assembly says what it has to offer.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task Marked_methods_are_listed_with_their_comments_arguments_and_types()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var document = await worker.RequestAsync("describe", new JsonObject { ["name"] = BuiltFiles.Sample, ["system"] = true });

        Assert.Equal(["chaoslib_version", "id", "target", "date", "platform", "extension", "activities", "system"], document!
            .AsObject()
            .Select(member => member.Key));
        Assert.Equal("""{"name":"SampleExtension","version":"1.2.3"}""", document["extension"]!.ToJsonString());
        var activities = document["activities"]!.AsArray();
        Assert.Equal(["Count", "Greet", "Kill", "Reason", "Whoami"], activities.Select(activity => (string?)activity!["name"]));
        Assert.True(JsonNode.DeepEquals(activities[0], JsonNode.Parse($$"""
            {
              "type": "probe", "name": "Count", "mod": "SampleExtension.Pods", "doc": "Counts the pods that have a label, all of them without one (see Kill).",
              "arguments": [{ "name": "label", "default": null, "type": "string" }], "return_type": "integer",
              "provider": { "type": "dotnet", "assembly": "{{BuiltFiles.Sample}}", "class": "SampleExtension.Pods", "method": "Count" }
            }
            """)), activities[0]!.ToJsonString());
        Assert.Equal("Kills pods.", (string?)activities[2]!["doc"]);
        Assert.Equal(
            """[{"name":"names","type":"list"},{"name":"grace","type":"number"},{"name":"force","default":false,"type":"boolean"},{"name":"signals","default":[],"type":"list"}]""",
            activities[2]!["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task An_assembly_without_marked_methods_offers_nothing_and_there_is_a_warning()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var document = await worker.RequestAsync("describe", new JsonObject { ["name"] = "System.Runtime" });

        Assert.Empty(document!["activities"]!.AsArray());
        Assert.Equal("warning", (string?)(await worker.NotificationAsync())["params"]!["level"]);
    }

    [Fact]
    public async Task An_assembly_that_is_not_there_fails()
    {
        await using var worker = await WorkerProcess.StartAsync();

        var outcome = await worker.RequestAsync("describe", new JsonObject { ["name"] = "Missing" });

        Assert.Equal(("failed", "could not find .NET assembly 'Missing'"), ((string?)outcome!["end"], (string?)outcome["message"]));
    }
}
