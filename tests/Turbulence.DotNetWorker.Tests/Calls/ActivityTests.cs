using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Tests.Calls;

/// <summary>Methods are found, bound and called.</summary>
public sealed class ActivityTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Fact]
    public async Task A_method_of_the_framework_is_called_through_the_assembly_that_forwards_its_type()
    {
        var worker = await shared.StartedAsync();
        var provider = new JsonObject
        {
            ["type"] = "dotnet",
            ["assembly"] = "System.Runtime",
            ["class"] = "System.IO.File",
            ["method"] = "Exists",
        };

        var missing = await worker.RequestAsync(
            "run", new JsonObject { ["provider"] = provider, ["arguments"] = new JsonObject { ["path"] = "primary.pid" } });
        var there = await worker.RequestAsync(
            "run", new JsonObject { ["provider"] = provider.DeepClone(), ["arguments"] = new JsonObject { ["path"] = BuiltFiles.Worker } });

        Assert.Equal("""{"end":"succeeded","output":false}""", missing!.ToJsonString());
        Assert.Equal("""{"end":"succeeded","output":true}""", there!.ToJsonString());
    }

    [Fact]
    public async Task Defaults_configuration_and_cancellation_are_supplied()
    {
        var worker = await shared.StartedAsync();

        Assert.Equal("0", await worker.OutputAsync("Pods", "Count"));
        Assert.Equal("3", await worker.OutputAsync("Pods", "Count", new() { ["label"] = "web" }));
        Assert.Equal("8", await worker.OutputAsync(
            "Pods", "Count", new() { ["label"] = "web" }, new() { ["configuration"] = new JsonObject { ["more"] = "5" } }));
        Assert.Equal(
            """["a 1.5 False 0"]""", await worker.OutputAsync("Pods", "Kill", new() { ["names"] = new JsonArray("a"), ["grace"] = 1.5 }));
        Assert.Equal("""["a 60 True 2"]""", await worker.OutputAsync("Pods", "Kill", new()
        {
            ["names"] = new JsonArray("a"),
            ["grace"] = "00:01:00",
            ["force"] = true,
            ["signals"] = new JsonArray(9, 15),
        }));
    }

    [Fact]
    public async Task Secrets_are_there_when_the_provider_lists_them()
    {
        var worker = await shared.StartedAsync();

        Assert.Equal("\"nobody 0\"", await worker.OutputAsync("Pods", "Whoami"));
        Assert.Equal(
            "\"root 1\"", await worker.OutputAsync("Pods", "Whoami", null, new() { ["secrets"] = new JsonObject { ["user"] = "root" } }));
        Assert.Equal("\"1 2\"", await worker.OutputAsync("Bindings", "Configured", null, new()
        {
            ["configuration"] = new JsonObject { ["a"] = 1 },
            ["secrets"] = new JsonObject { ["b"] = "2" },
        }));
    }

    [Fact]
    public async Task A_logger_writes_lines_for_people()
    {
        await using var worker = await WorkerProcess.StartAsync();

        Assert.Equal("\"logged\"", await worker.OutputAsync("Bindings", "Logged"));
        var line = await worker.NotificationAsync();

        Assert.Equal("log", (string?)line["method"]);
        Assert.Equal(
            """{"level":"warning","logger":"SampleExtension.Bindings.Logged","message":"take care"}""", line["params"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Greet", "name", "\"you\"", "\"hello you\"")]
    [InlineData("Reason", "status", "418", "\"I'm a teapot\"")]
    public async Task Dependencies_come_from_beside_the_assembly_and_from_other_frameworks(
        string method, string argument, string value, string expected)
    {
        var worker = await shared.StartedAsync();

        Assert.Equal(expected, await worker.OutputAsync("Pods", method, new() { [argument] = JsonNode.Parse(value) }));
    }

    [Theory]
    [InlineData("SampleExtension.dll")]
    [InlineData("SampleExtension")]
    [InlineData("./SampleExtension.dll")]
    public async Task A_relative_path_starts_at_the_experiment(string assembly)
    {
        await using var worker = await WorkerProcess.StartAsync(Path.GetDirectoryName(BuiltFiles.Sample));
        var provider = WorkerProcess.Provider("Pods+Inner", "Where");
        provider["assembly"] = assembly;

        Assert.Equal("\"inside\"", await worker.OutputAsync("Pods+Inner", "Where", null, new() { ["provider"] = provider }));
    }

    [Theory]
    [InlineData("\"a\"", "\"string a\"")]
    [InlineData("3", "\"int 3\"")]
    [InlineData("3.5", "\"double 3.5\"")]
    public async Task Of_overloads_the_one_is_called_that_fits_best(string value, string expected)
    {
        var worker = await shared.StartedAsync();

        Assert.Equal(expected, await worker.OutputAsync("Bindings", "Overloaded", new() { ["value"] = JsonNode.Parse(value) }));
        Assert.Equal("\"two a b\"", await worker.OutputAsync("Bindings", "Overloaded", new() { ["other"] = "b", ["value"] = "a" }));
    }

    [Theory]
    [InlineData("Pods", "Greet", "{}", "required argument 'name' is missing from activity 'it'")]
    [InlineData("Pods", "Greet", """{"name":"a","nmae":"b"}""", "argument 'nmae' is not part of the method signature in activity 'it'")]
    [InlineData("Pods", "Greet", """{"name":[]}""", "argument 'name' of activity 'it' must be a string, and is a list")]
    [InlineData(
        "Pods", "Count", """{"configuration":{}}""", "argument 'configuration' is not part of the method signature in activity 'it'")]
    [InlineData(
        "Pods", "Hidden", "{}", "The class 'SampleExtension.Pods' does not expose a public static method called 'Hidden' in activity 'it'")]
    [InlineData(
        "Pods", "Coun*", "{}", "The class 'SampleExtension.Pods' does not expose a public static method called 'Coun*' in activity 'it'")]
    [InlineData("Nowhere", "Count", "{}", "could not find class 'SampleExtension.Nowhere' in .NET assembly")]
    [InlineData(
        "Bindings", "TryGet", "{}", "The method 'TryGet' of class 'SampleExtension.Bindings' has type parameters, references or spans, which an experiment cannot give it in activity 'it'")]
    [InlineData(
        "Bindings", "Generic", """{"value":1}""", "The method 'Generic' of class 'SampleExtension.Bindings' has type parameters, references or spans, which an experiment cannot give it in activity 'it'")]
    [InlineData(
        "Bindings",
        "Ambiguous",
        """{"value":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""",
        "the arguments fit several methods equally well: Ambiguous(Guid value), Ambiguous(Uri value)")]
    [InlineData(
        "Bindings", "Overloaded", """{"value":true}""", "its overloads are Overloaded(string value), Overloaded(int value), Overloaded(double value), Overloaded(string value, string other)")]
    public async Task What_cannot_be_called_crashes_and_says_why(string type, string method, string arguments, string expected)
    {
        var worker = await shared.StartedAsync();

        var outcome = await worker.RunAsync(type, method, JsonNode.Parse(arguments)!.AsObject());

        Assert.Equal("crashed", (string?)outcome["end"]);
        Assert.Contains(expected, (string?)outcome["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No.Such.Assembly", "could not find .NET assembly 'No.Such.Assembly' in activity 'it'")]
    [InlineData("/etc/passwd.dll", "could not find .NET assembly '/etc/passwd.dll' in activity 'it'")]
    [InlineData("", "a .NET activity must have an assembly")]
    [InlineData("broken.dll", "it is not one")]
    public async Task An_assembly_that_cannot_be_loaded_crashes(string assembly, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("turbulence-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.dll"), "not an assembly", TestContext.Current.CancellationToken);
        await using var worker = await WorkerProcess.StartAsync(folder.FullName);
        var provider = WorkerProcess.Provider("Pods", "Count");
        provider["assembly"] = assembly;

        var outcome = await worker.RunAsync("Pods", "Count", null, new() { ["provider"] = provider });
        folder.Delete(recursive: true);

        Assert.Equal("crashed", (string?)outcome["end"]);
        Assert.Contains(expected, (string?)outcome["message"], StringComparison.Ordinal);
    }
}
