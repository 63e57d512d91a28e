using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Validation;

/// <summary>What is wrong is found before anything is run.</summary>
public sealed class ValidationTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Theory]
    [InlineData("Pods", "Greet", """{"name":"a"}""", "[]")]
    [InlineData("Pods", "Reason", """{"status":"${code}"}""", "[]")]
    [InlineData("Bindings", "Overloaded", """{"value":"${any}"}""", "[]")]
    [InlineData("Bindings", "Configured", "{}", "[]")]
    [InlineData(
        "Pods",
        "Greet",
        "{}",
        """[{"severity":"error","path":["provider","arguments"],"message":"required argument 'name' is missing from activity 'it'"}]""")]
    [InlineData(
        "Pods", "Greet", """{"name":5,"x":1}""", """[{"severity":"error","path":["provider","arguments","name"],"message":"argument 'name' of activity 'it' must be a string, and is a whole number"},{"severity":"error","path":["provider","arguments","x"],"message":"argument 'x' is not part of the method signature in activity 'it'"}]""")]
    [InlineData(
        "Pods", "Gret", "{}", """[{"severity":"error","path":["provider","method"],"message":"The class 'SampleExtension.Pods' does not expose a public static method called 'Gret' in probe 'it'; did you mean 'Greet'?"}]""")]
    [InlineData(
        "Pods", "count", "{}", """[{"severity":"error","path":["provider","method"],"message":"The class 'SampleExtension.Pods' does not expose a public static method called 'count' in probe 'it'; did you mean 'Count'?"}]""")]
    [InlineData(
        "Pods", "Nothing", "{}", """[{"severity":"error","path":["provider","method"],"message":"The class 'SampleExtension.Pods' does not expose a public static method called 'Nothing' in probe 'it'"}]""")]
    [InlineData(
        "Pods", "Greet", "[]", """[{"severity":"error","path":["provider","arguments"],"message":"the arguments of activity 'it' must be a map, and are a list"}]""")]
    public async Task Activities_are_held_against_their_methods(string type, string method, string arguments, string expected)
    {
        var worker = await shared.StartedAsync();
        var provider = WorkerProcess.Provider(type, method);
        provider["arguments"] = JsonNode.Parse(arguments);

        var result = await worker.RequestAsync("validate", new JsonObject
        {
            ["activities"] = new JsonArray(new JsonObject { ["type"] = "probe", ["name"] = "it", ["provider"] = provider }),
            ["controls"] = new JsonArray(),
        });

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), result!["activities"]![0]), result.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_its_place()
    {
        var worker = await shared.StartedAsync();
        var result = await worker.RequestAsync("validate", new JsonObject
        {
            ["activities"] = new JsonArray(
                Activity("""{"type":"dotnet"}"""),
                Activity("""{"type":"dotnet","assembly":"Missing.Assembly","class":"A","method":"B"}"""),
                Activity("""{"type":"dotnet","assembly":"System.Runtime","class":"System.Nothing","method":"B"}"""),
                Activity("""{"type":"dotnet","assembly":"System.Runtime","class":"System.Guid","method":"NewGuid"}"""),
                Activity("""{"type":"dotnet","assembly":"System.Runtime","class":"System.IO.Flie","method":"Exists"}""")),
        });

        var activities = result!["activities"]!.AsArray();
        Assert.Equal(["assembly", "assembly", "class"], activities.Take(3).Select(problems => (string?)problems![0]!["path"]![1]));
        Assert.Equal(
            "could not find .NET assembly 'Missing.Assembly' in activity 'it'; a .dll is looked for in the experiment's folder, in the current one, and among .NET's own: is it built?",
            (string?)activities[1]![0]!["message"]);
        Assert.Empty(activities[3]!.AsArray());
        Assert.EndsWith("; did you mean 'System.IO.File'?", (string?)activities[4]![0]!["message"], StringComparison.Ordinal);
        Assert.Empty(result["controls"]!.AsArray());
    }

    [Fact]
    public async Task Controls_look_at_their_own_declarations()
    {
        var worker = await shared.StartedAsync();
        var result = await worker.RequestAsync("validate", new JsonObject
        {
            ["controls"] = new JsonArray(
                Control("good", "Watcher", []),
                Control("grim", "Watcher", new() { ["mood"] = "bad" }),
                Control("wrong", "Watcher", new() { ["fiel"] = "x" }),
                Control("gone", "Nowhere", []),
                Control("none", "Pods", [])),
        });

        var controls = result!["controls"]!.AsArray();
        Assert.Empty(controls[0]!.AsArray());
        Assert.Equal("ArgumentException: grim is in a bad mood", (string?)controls[1]![0]!["message"]);
        Assert.Equal(
            ("warning", "argument 'fiel' is not part of any hook of control 'wrong'"),
            ((string?)controls[2]![0]!["severity"], (string?)controls[2]![0]!["message"]));
        Assert.Equal("warning", (string?)controls[3]![0]!["severity"]);
        Assert.Equal("error", (string?)controls[4]![0]!["severity"]);
    }

    private static JsonObject Activity(string provider) =>
        new() { ["type"] = "probe", ["name"] = "it", ["provider"] = JsonNode.Parse(provider) };

    private static JsonObject Control(string name, string type, JsonObject arguments)
    {
        var provider = WorkerProcess.Provider(type, "");
        provider["arguments"] = arguments;
        return new() { ["name"] = name, ["provider"] = provider };
    }
}
