using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Tests.Sessions;

namespace Turbulence.Faults.Tests;

public sealed class FaultProviderTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("""{"kind": "test.file", "arguments": {"path": "x"}, "duration": 5, "max_targets": 2, "irreversible": true}""", "")]
    [InlineData("""{"kind": "test.file", "arguments": {"path": "${p}"}, "duration": "${d}"}""", "")]
    [InlineData("""{"kind": "${k}"}""", "")]
    [InlineData("""{}""", "/provider: a fault must have a kind; known are test.file, test.scripted")]
    [InlineData("""{"kind": "test.fil"}""", "/provider/kind: there is no kind of fault 'test.fil' (did you mean 'test.file'?); known are test.file, test.scripted")]
    [InlineData("""{"kind": "test.file"}""", "/provider/arguments: test.file needs the argument 'path': The file.")]
    [InlineData("""{"kind": "test.file", "arguments": {"path": 7}}""", "/provider/arguments/path: 'path' must be a text: The file.")]
    [InlineData("""{"kind": "test.file", "arguments": {"path": "x", "paths": 1}}""", "/provider/arguments/paths: test.file has no argument 'paths' (did you mean 'path'?); it takes path")]
    [InlineData("""{"kind": "test.scripted", "arguments": []}""", "/provider/arguments: arguments must be a map")]
    [InlineData("""{"kind": "test.scripted", "duration": 0}""", "/provider/duration: duration must be a number of seconds above 0, not 0")]
    [InlineData("""{"kind": "test.scripted", "max_targets": 1.5}""", "/provider/max_targets: max_targets must be a whole number from 1, not 1.5")]
    [InlineData("""{"kind": "test.scripted", "irreversible": 1}""", "/provider/irreversible: irreversible must be true or false, not 1")]
    public void Validation_finds_what_is_wrong_and_says_what_was_meant(string provider, string expected)
    {
        var activity = new Activity(new JsonObject { ["type"] = "action", ["name"] = "a", ["provider"] = JsonNode.Parse(provider) });
        var problems = new ProblemList(new DocumentMap());
        var kinds = new FaultKinds(new FaultRunner.FileKind(), new ScriptedKind());
        var keeper = new FaultKeeper(new FaultSurroundings(room.Ledger, kinds, ["self"], TimeProvider.System, new Random(1)));

        new FaultProvider(kinds, keeper).Validate(activity, DocumentPath.Root, problems);

        Assert.Equal(expected, string.Join('\n', problems.Select(problem => $"{problem.Pointer}: {problem.Message}")));
        Assert.Empty(room.Records());
    }

    [Fact]
    public void A_probe_cannot_be_a_fault()
    {
        var activity = new Activity(new JsonObject { ["type"] = "probe", ["provider"] = new JsonObject { ["kind"] = "test.scripted" } });
        var problems = new ProblemList(new DocumentMap());
        var kinds = new FaultKinds(new ScriptedKind());
        var keeper = new FaultKeeper(new FaultSurroundings(room.Ledger, kinds, ["self"], TimeProvider.System, new Random(1)));
        new FaultProvider(kinds, keeper).Validate(activity, DocumentPath.Root, problems);
        Assert.Contains("must be an action", Assert.Single(problems).Message, StringComparison.Ordinal);
    }
}
