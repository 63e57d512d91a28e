using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Interruptions;

namespace Turbulence.Tests.Controls;

/// <summary>The global controls around the loading of an experiment.</summary>
public sealed class LoaderControlsTests
{
    private readonly ScriptedControls controls = new();
    private readonly List<string> said = [];

    [Fact]
    public async Task They_are_told_the_source_and_may_change_the_document()
    {
        using var stop = new RunStop();
        var document = new JsonObject { ["title"] = "t" };
        controls.On("after_loader", "g", call =>
        {
            call.State!["title"] = "better";
            return ControlResult.Continue with { Changes = new ControlChanges { State = call.State } };
        });
        var loader = Loader(stop);
        await loader.BeforeAsync();
        await loader.AfterAsync(document);
        Assert.Equal(["before_loader g e.json", "after_loader g e.json"], controls.Calls);
        Assert.Equal("better", document["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_loaded_is_a_null_state()
    {
        using var stop = new RunStop();
        JsonNode? seen = "something";
        controls.On("after_loader", "g", call =>
        {
            seen = call.State;
            return ControlResult.Continue;
        });
        await Loader(stop).AfterAsync(null);
        Assert.Null(seen);
    }

    [Fact]
    public async Task One_that_interrupts_stops_what_would_be_the_run()
    {
        using var stop = new RunStop();
        controls.On("before_loader", "g", ControlResult.Interrupt("not today"));
        await Loader(stop).BeforeAsync();
        Assert.True(stop.Run.IsCancellationRequested);
        Assert.Equal("not today", stop.Interruption!.Message);
    }

    [Fact]
    public async Task One_that_fails_is_a_warning()
    {
        using var stop = new RunStop();
        controls.On("before_loader", "g", ControlResult.Failed("oops"));
        await Loader(stop).BeforeAsync();
        Assert.Contains("Control 'g' failed in before_loader: oops", Assert.Single(said), StringComparison.Ordinal);
        Assert.False(stop.Run.IsCancellationRequested);
    }

    private LoaderControls Loader(RunStop stop) => new(
        new RunControls(new ControlProviders(controls)) { Global = [new ControlDeclaration("g", ScriptedControls.Declare("g"))] },
        "e.json",
        stop,
        Compatibility.None,
        TimeProvider.System,
        (_, text) => said.Add(text));
}
