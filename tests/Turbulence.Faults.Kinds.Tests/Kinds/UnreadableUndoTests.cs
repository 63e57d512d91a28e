using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>A record that can be read as one, and whose undo somebody has changed into something else.</summary>
public sealed class UnreadableUndoTests
{
    private const string Unreadable = "the record's undo cannot be read: ";

    [Theory]
    [InlineData("process.pause", "processes")]
    [InlineData("process.kill", "programs")]
    [InlineData("process.restart", "wait")]
    [InlineData("file.missing", "path")]
    [InlineData("file.readonly", "mode")]
    [InlineData("file.corrupt", "node")]
    [InlineData("dns.hosts", "path")]
    public async Task An_undo_of_the_wrong_shape_is_never_taken_back_and_the_problem_is_in_words(string kind, string value)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);

        Assert.Equal($"{Unreadable}a value is missing in it", await ProblemAsync(fault, value, null));
        Assert.Equal($"{Unreadable}a value in it has the wrong type", await ProblemAsync(fault, value, new JsonObject { ["other"] = "x" }));
    }

    [Fact]
    public async Task An_undo_that_names_nobody_is_no_undo()
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync("process.pause", room);
        Assert.Equal($"{Unreadable}it names no process", await ProblemAsync(fault, "processes", new JsonArray()));
    }

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public async Task Whatever_is_wrong_in_an_undo_no_exception_is_told_by_its_name(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        foreach (var value in fault.Record.Undo.Select(value => value.Key).ToArray())
        {
            Assert.DoesNotContain("Exception", await ProblemAsync(fault, value, null) ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", await ProblemAsync(fault, value, new JsonArray(1, "x")) ?? "", StringComparison.Ordinal);
        }
    }

    private static async Task<string?> ProblemAsync(FaultCase fault, string name, JsonNode? value)
    {
        var undo = fault.Record.Undo.DeepClone().AsObject();
        undo[name] = value;
        var tools = new FaultTools(TimeProvider.System, OtherProcess.Self, static _ => ValueTask.CompletedTask);
        return (await new KindCaller(fault.Kind, TimeProvider.System, new StepsUnderWay()).RevertAsync(
            fault.Record with { Undo = undo }, tools)).Problem;
    }
}
