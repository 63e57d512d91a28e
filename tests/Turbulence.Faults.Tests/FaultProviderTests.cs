using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Tests.Sessions;
using Turbulence.Services;

namespace Turbulence.Faults.Tests;

public sealed class FaultProviderTests : IDisposable
{
    private static readonly string[] Services = ["primary", "secondary"];
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("""{"kind": "test.file", "arguments": {"path": "x"}, "duration": 5, "max_targets": 2, "irreversible": true}""", "")]
    [InlineData("""{"kind": "test.file", "arguments": {"path": "${p}"}, "duration": "${d}"}""", "")]
    [InlineData("""{"kind": "${k}"}""", "")]
    [InlineData("""{}""", "/provider: a fault must have a kind; known are test.file, test.scripted")]
    [InlineData(
        """{"kind": "test.fil"}""",
        "/provider/kind: there is no kind of fault 'test.fil' (did you mean 'test.file'?); known are test.file, test.scripted")]
    [InlineData("""{"kind": "test.file"}""", "/provider/arguments: test.file needs the argument 'path': The file.")]
    [InlineData(
        """{"kind": "test.file", "arguments": {"path": 7}}""",
        "/provider/arguments/path: the argument 'path' of test.file must be a text that is not empty, not 7")]
    [InlineData(
        """{"kind": "test.file", "arguments": {"path": "x", "paths": 1}}""",
        "/provider/arguments/paths: test.file has no argument 'paths' (did you mean 'path'?); it takes path")]
    [InlineData("""{"kind": "test.scripted", "arguments": []}""", "/provider/arguments: arguments must be a map")]
    [InlineData(
        """{"kind": "test.scripted", "duration": 0}""",
        "/provider/duration: duration must be a number of seconds above 0 and below 4294967 (49 days), not 0")]
    [InlineData(
        """{"kind": "test.scripted", "duration": 5000000}""",
        "/provider/duration: duration must be a number of seconds above 0 and below 4294967 (49 days), not 5000000")]
    [InlineData(
        """{"kind": "test.scripted", "max_targets": 1.5}""", "/provider/max_targets: max_targets must be a whole number from 1, not 1.5")]
    [InlineData("""{"kind": "test.scripted", "irreversible": 1}""", "/provider/irreversible: irreversible must be true or false, not 1")]
    public void Validation_finds_what_is_wrong_and_says_what_was_meant(string provider, string expected)
    {
        var activity = new Activity(new JsonObject { ["type"] = "action", ["name"] = "a", ["provider"] = JsonNode.Parse(provider) });
        var problems = new ProblemList(new DocumentMap());
        var kinds = new FaultKinds(new FaultRunner.FileKind(), new ScriptedKind());
        var keeper = new FaultKeeper(new FaultSurroundings(room.Ledger, kinds, ["self"], TimeProvider.System, new Random(1)));

        new FaultProvider(kinds, keeper).Validate(new ActivityValidation(activity, DocumentPath.Root, problems));

        Assert.Equal(expected, string.Join('\n', problems.Select(problem => $"{problem.Pointer}: {problem.Message}")));
        Assert.Empty(room.Records());
    }

    [Theory]
    [InlineData(
        "process.kill", """{"service": "primary", "signal": "KIL"}""", "signal: the argument 'signal' of process.kill must be one of KILL, TERM, INT, QUIT, HUP, ABRT, SEGV, not \"KIL\" (did you mean 'KILL'?)")]
    [InlineData("process.kill", """{"service": "primary", "signal": "sigterm"}""", "")]
    [InlineData(
        "process.kill",
        """{"service": "primry"}""",
        "service: the experiment has no service 'primry' (did you mean 'primary'?); it has primary, secondary")]
    [InlineData("process.kill", """{"service": "${which}"}""", "")]
    [InlineData("process.kill", "{}", ": process.kill takes exactly one of service, pid, pid_file, port and command; here it is none")]
    [InlineData("process.pause", """{"port": "${p}", "command": "${c}"}""", "")]
    [InlineData("process.pause", """{"port": 80, "command": "${c}"}""", "")]
    [InlineData(
        "process.pause",
        """{"port": 80, "command": "x", "pid_file": "y"}""",
        ": process.pause takes exactly one of service, pid, pid_file, port and command; here it is pid_file, port and command")]
    [InlineData(
        "process.pause",
        """{"prot": 80}""",
        "prot: process.pause has no argument 'prot' (did you mean 'port'?); it takes service, pid, pid_file, port, command, tree")]
    [InlineData(
        "process.pause",
        """{"port": 65536}""",
        "port: the argument 'port' of process.pause must be a whole number from 1 to 65535, not 65536")]
    [InlineData(
        "process.pause", """{"command": "("}""", "command: the argument 'command' of process.pause must be a regular expression, not \"(\": Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData(
        "process.restart",
        """{"port": 80, "grace": 601}""",
        "grace: the argument 'grace' of process.restart must be a number of seconds from 0 to 600, not 601")]
    [InlineData(
        "process.restart",
        """{"port": 80, "grace": "10"}""",
        "grace: the argument 'grace' of process.restart must be a number of seconds from 0 to 600, not \"10\"")]
    [InlineData(
        "stress.disk",
        """{"path": ".", "free": "1MiB"}""",
        "free: the argument 'free' of stress.disk must be a number of bytes from 64 MiB, or a text such as 64MiB, not \"1MiB\"")]
    [InlineData(
        "stress.disk",
        """{"path": ".", "free": "1GiB", "bytes": "1GiB"}""",
        ": stress.disk takes at most one of free and bytes; here it is free and bytes")]
    [InlineData("stress.memory", "{}", ": stress.memory takes exactly one of bytes and share; here it is none")]
    [InlineData(
        "stress.memory", """{"share": 0}""", "share: the argument 'share' of stress.memory must be a number from 0.001 to 1, not 0")]
    [InlineData(
        "dns.hosts", """{"host": "a b", "address": "home"}""", "host: the argument 'host' of dns.hosts must be a host name, not \"a b\"\naddress: the argument 'address' of dns.hosts must be an IP address, not \"home\"")]
    [InlineData(
        "stress.fd", """{"count": 1.5}""", "count: the argument 'count' of stress.fd must be a whole number from 1 to 1000000, not 1.5")]
    public void What_a_plan_refuses_without_a_look_at_the_machine_is_refused_by_validation(string kind, string arguments, string expected)
    {
        var parsed = JsonNode.Parse(arguments)!;
        var problems = Problems(new JsonObject { ["kind"] = kind, ["arguments"] = parsed });

        Assert.Equal(expected, string.Join(
            '\n', problems.Select(problem => $"{problem.Pointer["/provider/arguments".Length..].TrimStart('/')}: {problem.Message}")));
    }

    [Theory]
    [InlineData("stress.cpu", "3601", "/provider/duration: stress.cpu lasts at most 60 minutes")]
    [InlineData("stress.cpu", "3600", "")]
    [InlineData("stress.cpu", "\"${long}\"", "")]
    public void A_duration_that_is_too_long_for_its_kind_is_refused_by_validation(string kind, string duration, string expected) =>
        Assert.Equal(
        expected,
        string.Join('\n', Problems(new JsonObject { ["kind"] = kind, ["duration"] = JsonNode.Parse(duration) }).Select(
            problem => $"{problem.Pointer}: {problem.Message}")));

    /// <summary>Validation is stricter in one thing alone: a text that stands in the experiment is no number.</summary>
    [Theory]
    [InlineData("process.kill", """{"port": 80, "signal": "KIL"}""")]
    [InlineData("process.kill", """{"service": "other"}""")]
    [InlineData("process.kill", "{}")]
    [InlineData("stress.cpu", """{"share": 2}""")]
    [InlineData("stress.io", """{"path": ".", "bytes": "2GiB"}""")]
    [InlineData("dns.hosts", """{"host": "a b"}""")]
    public async Task Validation_and_plan_refuse_in_the_same_words(string name, string arguments)
    {
        Assert.True(BuiltInKinds.All.TryGet(name, out var kind));
        var request = new FaultRequest("id", JsonNode.Parse(arguments)!.AsObject(), room.Path)
        {
            Services = Services.ToDictionary(service => service, service => new ServiceLocation(service, null, null)),
        };
        var planning = await kind.PlanAsync(request, TestContext.Current.CancellationToken);
        var problems = Problems(new JsonObject { ["kind"] = name, ["arguments"] = JsonNode.Parse(arguments) });
        Assert.Equal(planning.Problem, Assert.Single(problems).Message);
    }

    [Fact]
    public void A_probe_cannot_be_a_fault()
    {
        var activity = new Activity(new JsonObject { ["type"] = "probe", ["provider"] = new JsonObject { ["kind"] = "test.scripted" } });
        var problems = new ProblemList(new DocumentMap());
        var kinds = new FaultKinds(new ScriptedKind());
        var keeper = new FaultKeeper(new FaultSurroundings(room.Ledger, kinds, ["self"], TimeProvider.System, new Random(1)));
        new FaultProvider(kinds, keeper).Validate(new ActivityValidation(activity, DocumentPath.Root, problems));
        Assert.Contains("must be an action", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private ProblemList Problems(JsonObject provider)
    {
        var activity = new Activity(new JsonObject { ["type"] = "action", ["name"] = "a", ["provider"] = provider });
        var problems = new ProblemList(new DocumentMap());
        var keeper = new FaultKeeper(new FaultSurroundings(room.Ledger, BuiltInKinds.All, ["self"], TimeProvider.System, new Random(1)));
        new FaultProvider(BuiltInKinds.All, keeper).Validate(
            new ActivityValidation(activity, DocumentPath.Root, problems) { Services = Services });
        return problems;
    }
}
