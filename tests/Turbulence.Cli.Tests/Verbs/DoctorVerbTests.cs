using System.Text.Json.Nodes;
using Turbulence.Cli.Doctor;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class DoctorVerbTests
{
    [Fact]
    public async Task It_looks_at_everything_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        await using var doctor = StartedCommand.Start(folder, Own(folder, temporary), StartedCommand.Program, "doctor");
        var said = await doctor.ReadOutputAsync();
        var (code, error) = await doctor.EndAsync();
        Assert.True(code == 0, said + error);
        string[] subjects =
        [
            "program", "state folder", "leftovers", "guardian", "faults", "Python", ".NET", "ports", "clock", "terminal", "telemetry",
            "container", "settings",
        ];
        foreach (var subject in subjects)
        {
            Assert.Contains(said.Split('\n'), line => line.Contains($" {subject} ", StringComparison.Ordinal));
        }

        Assert.Matches(@"(?m)^ok       guardian      was started, answered and went, in \d+ ms$", said);
        Assert.EndsWith("Experiments can be run on this machine.\n", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task What_is_broken_is_said_in_its_line_and_in_the_exit_code()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        folder.Write("state", "no folder");
        folder.Write("settings.yaml", "a: [");
        var environment = Own(folder, temporary);
        environment["TURBULENCE_PYTHON"] = folder["no-python"];
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://user:hunter2@127.0.0.1:{FreePort.Next()}";
        await using var doctor = StartedCommand.Start(
            folder, environment, StartedCommand.Program, "doctor", "--output", "json", "--settings", folder["settings.yaml"]);
        var said = await doctor.ReadOutputAsync();
        var (code, error) = await doctor.EndAsync();
        Assert.True(code == 1, said + error);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
        var answer = JsonNode.Parse(said)!;
        Assert.False((bool)answer["works"]!);
        var found = answer["findings"]!.AsArray().Select(one => ((string)one!["subject"]!, (string)one["state"]!)).ToList();
        Assert.Contains(("state folder", "broken"), found);
        Assert.Contains(("settings", "broken"), found);
        Assert.Contains(("Python", "missing"), found);
        Assert.Contains(("telemetry", "missing"), found);
    }

    [Fact]
    public async Task A_halt_of_before_is_found()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        await using var halt = StartedCommand.Start(folder, Own(folder, temporary), StartedCommand.Program, "halt", "--no-log-file");
        await halt.EndAsync();
        await using var doctor = StartedCommand.Start(folder, Own(folder, temporary), StartedCommand.Program, "doctor");
        var said = await doctor.ReadOutputAsync();
        Assert.Equal(1, (await doctor.EndAsync()).Code);
        Assert.Contains("broken   leftovers     no run can start: ", said, StringComparison.Ordinal);
        Assert.EndsWith("before this is mended: leftovers.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_it_and_its_guardian()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();

        // A Python that never answers keeps it waiting.
        var python = folder.WriteProgram("python", "#!/bin/sh\nexec sleep 600\n");
        var environment = Own(folder, temporary);
        environment["TURBULENCE_PYTHON"] = python;
        await using var doctor = StartedCommand.Start(folder, environment, "/bin/sh", "-c", $"exec '{StartedCommand.Program}' doctor >&2");
        await doctor.ReadUntilAsync("nothing is needed of the machine");
        doctor.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(4, (await doctor.EndAsync()).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task Kinds_that_need_the_same_are_told_together_and_why_they_cannot_be_used()
    {
        var kinds = new FaultKinds(
            new DeclaredKind("one.a", new MachineNeed("x", _ => ValueTask.FromResult(NeedSight.There("x is there")))),
            new DeclaredKind("one.b", new MachineNeed("y", _ => ValueTask.FromResult(NeedSight.Missing("y is missing: install y")))),
            new DeclaredKind("two.a"),
            new DeclaredKind("two.b"));
        Assert.Equal(
            [
                Finding.Ok("faults", "one.a: x is there"),
                Finding.Missing("faults", "one.b: y is missing: install y"),
                Finding.Ok("faults", "two.*: nothing is needed of the machine"),
            ],
            await new FaultsExamination(kinds).LookAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_be_looked_at_hides_nothing_else()
    {
        List<Finding> found = [];
        await foreach (var finding in Examinations.LookAsync(
            [new FailingExamination(), new ClockExamination(TimeProvider.System)],
            TimeProvider.System,
            TestContext.Current.CancellationToken))
        {
            found.Add(finding);
        }

        Assert.Equal(Finding.Broken("it", "it could not be looked at: No such device"), found[0]);
        Assert.Equal(("clock", FindingState.Ok), (found[1].Subject, found[1].State));
    }

    private static Dictionary<string, string> Own(TemporaryFolder folder, TemporaryFolder temporary) => new()
    {
        ["TURBULENCE_STATE"] = folder["state"],
        ["HOME"] = folder["home"],
        ["TMPDIR"] = temporary.Path,
        ["XDG_CACHE_HOME"] = folder["cache"],
    };

    private sealed class FailingExamination : IExamination
    {
        public string Subject => "it";

        public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop) => throw new IOException("No such device.");
    }

    private sealed class DeclaredKind(string name, params IReadOnlyList<MachineNeed> needs) : IFaultKind
    {
        public FaultKindDescription Description { get; } = new(name, "does nothing", [])
        {
            Needs = needs,
            Platforms = ["linux", "macos", "windows"],
        };

        public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<Events.Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<Events.Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
