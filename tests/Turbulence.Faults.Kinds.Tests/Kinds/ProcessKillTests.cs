using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Services;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class ProcessKillTests : IDisposable
{
    private const string Kind = "process.kill";
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_killed_service_comes_back_as_it_was()
    {
        var port = FreePort.Next();
        var environment = ProcessTable.Environment(Environment.ProcessId)!.Append(new("COLOUR", "blue = \"dark\"")).ToDictionary();
        var old = room.Start(new ProcessStartOptions
        {
            FileName = BuiltPrograms.RandServer,
            Arguments = [$"{port}", "primary"],
            Environment = environment,
            StandardOutput = ChildOutput.AppendTo(room["log"]),
            StandardError = ChildOutput.AppendTo(room["log"]),
        });
        await Eventually.HoldsAsync(() => Room.Answers(port) && File.ReadAllLines(room["log"]).Length == 1);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["port"] = port }));
        await fault.InjectAsync();
        Assert.False(Room.Answers(port));
        Assert.False(old.Identity.IsAlive);
        Assert.Contains($"nobody listens on port {port}", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);

        await fault.RevertAsync();

        Assert.True(Room.Answers(port));
        var back = Assert.Single(ListeningProcess.Find(port));
        Assert.NotEqual(old.Identity, back.Identity);
        Assert.Equal([BuiltPrograms.RandServer, $"{port}", "primary"], ProcessTable.CommandLine(back.Id)!);
        Assert.Equal(environment, ProcessTable.Environment(back.Id));
        Assert.Equal(room.Path, ProcessTable.WorkingDirectory(back.Id));
        Assert.Equal(room["log"], ProcessTable.OpenFile(back.Id, 1));
        Assert.Equal(room["log"], ProcessTable.OpenFile(back.Id, 2));
        Assert.Equal("/dev/null", ProcessTable.OpenFile(back.Id, 0));
        Assert.Equal(back.Id, back.SessionId);
        await Eventually.HoldsAsync(() => File.ReadAllLines(room["log"]).Length == 2);
        Assert.Contains($"is back as process {back.Id}", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_brought_back_is_not_started_twice()
    {
        var port = FreePort.Next();
        await room.StartServerAsync(port);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["port"] = port }));
        await fault.InjectAsync();
        var successor = await room.StartServerAsync(port);
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        Assert.Equal(successor.Id, Assert.Single(room.Processes).Id);
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_process_with_the_same_command_line_that_ran_before_is_not_taken_for_the_return()
    {
        var first = room.StartSleeper();
        var twin = room.Start("sleep", [.. ProcessTable.CommandLine(first.Id)!.Skip(1)]);
        await WritePidAsync(first.Id);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        await fault.InjectAsync();
        Assert.False((await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        Assert.Equal(2, room.Processes.Count);
        Assert.True(twin.Identity.IsAlive);
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task All_that_match_are_hit_and_come_back_where_so_many_are_allowed()
    {
        var first = room.StartSleeper();
        var arguments = ProcessTable.CommandLine(first.Id)!.Skip(1).ToArray();
        room.Start("sleep", arguments);
        JsonObject command = new() { ["command"] = $"^\\S*sleep {arguments[0].Replace(".", "\\.", StringComparison.Ordinal)}$" };
        Assert.Contains(
            "2 processes would be hit, and max_targets is 1",
            await FaultCase.RefusalAsync(Kind, command.DeepClone().AsObject()),
            StringComparison.Ordinal);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(command) with { MaxTargets = 2 });
        Assert.Equal(2, fault.Record.Targets.Count);
        await fault.InjectAsync();
        Assert.Empty(room.Processes);
        await fault.RevertAsync();
        Assert.Equal(2, room.Processes.Count);
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_service_is_found_by_its_name_and_waited_for_at_its_url()
    {
        var port = FreePort.Next();
        var server = await room.StartServerAsync(port);
        var url = new Uri($"http://localhost:{port}/health");
        var request = FaultCase.Request(new() { ["service"] = "primary" }) with
        {
            Services = new Dictionary<string, ServiceLocation> { ["primary"] = new("primary", url, server.Identity) },
        };
        await using var fault = await FaultCase.MakeAsync(Kind, request);
        Assert.Equal($"process:{server.Id}:{server.Identity.StartTime}", Assert.Single(fault.Record.Targets).Key);
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();

        // Its process is another one by now, which is found by the port.
        await using var again = await FaultCase.MakeAsync(Kind, request with { Id = request.Id + "b" });
        Assert.Equal(ListeningProcess.Find(port)[0].Identity, UndoOf(again));
    }

    [Fact]
    public async Task A_process_is_found_by_its_id()
    {
        var sleeper = room.StartSleeper();
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid"] = sleeper.Id }));
        Assert.Equal($"process:{sleeper.Id}:{sleeper.Identity.StartTime}", Assert.Single(fault.Record.Targets).Key);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_thread_is_not_taken_for_a_process()
    {
        var thread = int.Parse(
            Path.GetFileName(Directory
                .EnumerateDirectories("/proc/self/task")
                .First(task => Path.GetFileName(task) != $"{Environment.ProcessId}")),
            CultureInfo.InvariantCulture);
        Assert.Contains(
            $"{thread} is the id of a thread of process {Environment.ProcessId}",
            await FaultCase.RefusalAsync(Kind, new() { ["pid"] = thread }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_comes_back_in_its_interpreter_and_under_its_name()
    {
        File.WriteAllText(room["server.sh"], "#!/bin/sh\necho started >> runs\nwhile :; do sleep 60; done\n");
        File.SetUnixFileMode(room["server.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var script = room.Start(new ProcessStartOptions { FileName = "./server.sh", Arguments = ["a b", ""] });
        await Eventually.HoldsAsync(() => File.Exists(room["runs"]));
        var before = ProcessTable.CommandLine(script.Id)!;
        await WritePidAsync(script.Id);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        await fault.InjectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => File.ReadAllLines(room["runs"]).Length == 2);
        Assert.Contains(room.Processes, process => ProcessTable.CommandLine(process.Id)!.SequenceEqual(before));
    }

    [Fact]
    public async Task A_program_whose_file_was_deleted_can_only_be_killed_for_good()
    {
        File.Copy(ExecutableSearch.Find("sleep")!, room["napper"]);
        var napper = room.Start(new ProcessStartOptions { FileName = room["napper"], Arguments = ["1000"] });
        await WritePidAsync(napper.Id);
        await Eventually.HoldsAsync(() => ProcessTable.ProgramFile(napper.Id) == room["napper"]);
        File.Delete(room["napper"]);
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        Assert.True(planning.Plan!.IsIrreversible);
        Assert.Contains("which is not there to be started again", planning.Plan.UndoText, StringComparison.Ordinal);
        Assert.Contains(
            "which is not there",
            (await FaultCase.PlanAsync("process.restart", FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path))).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_belongs_to_another_process_by_now_is_not_hit()
    {
        var sleeper = room.StartSleeper();
        await WritePidAsync(sleeper.Id);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        fault.Record.Undo["programs"]![0]!["process"]!["start"] = sleeper.Identity.StartTime - 1;
        Assert.Contains("ended before it was hit", await fault.TryInjectAsync(), StringComparison.Ordinal);
        Assert.True(sleeper.Identity.IsAlive);
    }

    [Fact]
    public async Task A_program_that_does_not_stay_is_said_to_have_ended()
    {
        var once = room.Start("sh", "-c", "[ -e ran ] && exit 7; touch ran; while :; do sleep 60; done");
        await Eventually.HoldsAsync(() => File.Exists(room["ran"]));
        await WritePidAsync(once.Id);
        await using var fault = await FaultCase.MakeAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        await fault.InjectAsync();
        Assert.Contains("was started again and ended with exit code 7", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.False((await fault.CheckAsync()).Seen);
    }

    [Theory]
    [InlineData("# a comment\n")]
    [InlineData("")]
    public async Task A_pid_file_may_hold_more_lines_than_the_id_as_that_of_PostgreSQL_does(string start)
    {
        var sleeper = room.StartSleeper();
        File.WriteAllText(
            room["pid"],
            $"{start}{sleeper.Id}\n/var/lib/postgresql/17/main\n1764349000\n5432\n/var/run/postgresql\nlocalhost\n  1048577     32768\nready   \n");
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        if (start.Length == 0)
        {
            Assert.Equal($"process:{sleeper.Id}:{sleeper.Identity.StartTime}", Assert.Single(planning.Plan!.Targets).Key);
        }
        else
        {
            Assert.Contains("does not hold a process id in its first line", planning.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_plan_names_what_a_pattern_matches_and_is_never_hit()
    {
        var sleeper = room.StartSleeper();
        var mark = ProcessTable.CommandLine(sleeper.Id)![1];
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(
            new() { ["command"] = $"{mark.Replace(".", "[.]", StringComparison.Ordinal)}|Turbulence[.]Faults[.]Kinds[.]Tests($| )" }));
        Assert.Equal($"process:{sleeper.Id}:{sleeper.Identity.StartTime}", Assert.Single(planning.Plan!.Targets).Key);
        Assert.Contains("it matches as well, and is never hit: process ", planning.Plan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_undo_for_people_holds_nothing_of_the_environment()
    {
        var sleeper = room.Start(new ProcessStartOptions
        {
            FileName = ExecutableSearch.Find("sleep")!,
            Arguments = ["4321"],
            Environment = new Dictionary<string, string> { ["TOKEN"] = "hush-hush" },
        });
        await WritePidAsync(sleeper.Id);
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        Assert.DoesNotContain("hush", planning.Plan!.UndoText + planning.Plan.Text, StringComparison.Ordinal);
        Assert.Contains("hush", planning.Plan.Undo.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_of_the_kernel_is_refused()
    {
        Needs.That(ProcessTable.Find(2) is { Name: "kthreadd" }, "needs to see the kernel's threads, which a container does not show");
        await WritePidAsync(2);
        Assert.Contains(
            "kernel",
            (await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path))).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_not_be_hit_is_refused()
    {
        foreach (var (id, reason) in new[] { (1, "first process"), (Environment.ProcessId, "this very program") })
        {
            await WritePidAsync(id);
            Assert.Contains(
                reason,
                (await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path))).Problem,
                StringComparison.Ordinal);
        }

        await WritePidAsync(ProcessTable.Find(Environment.ProcessId)!.ParentId);
        var problem = (await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path))).Problem;
        Assert.Matches("started this program|first process", problem);
        Assert.Matches(
            "^no process that may be hit matches .*(this very program|started this program|this program's own|belongs to another user)",
            await FaultCase.RefusalAsync(Kind, new() { ["command"] = "Turbulence[.]Faults[.]Kinds[.]Tests($| )" }));
    }

    [Fact]
    public async Task A_program_that_has_written_over_its_command_line_can_only_be_killed_for_good()
    {
        var server = room.Start("bash", "-c", "mkfifo in; exec 3<>in; exec -a 'store-server *:6379' cat <&3");
        await Eventually.HoldsAsync(() => ProcessTable.CommandLine(server.Id) is ["store-server *:6379"]);
        await WritePidAsync(server.Id);
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        Assert.True(planning.Plan!.IsIrreversible);
        Assert.Contains("has written something else over its command line (", planning.Plan.UndoText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_pid_file_is_refused()
    {
        await WritePidAsync(room.StartSleeper().Id);
        File.SetLastWriteTimeUtc(room["pid"], File.GetLastWriteTimeUtc(room["pid"]) - TimeSpan.FromHours(1));
        var planning = await FaultCase.PlanAsync(Kind, FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        Assert.Contains("the file is of an earlier process", planning.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "exactly one of")]
    [InlineData("""{ "port": 1, "command": "x" }""", "here it is port and command")]
    [InlineData("""{ "port": 0 }""", "a whole number from 1 to 65535")]
    [InlineData("""{ "port": "many" }""", "a whole number from 1 to 65535")]
    [InlineData("""{ "port": 8002.5 }""", "a whole number from 1 to 65535")]
    [InlineData("""{ "port": "1" }""", "listens on port 1")]
    [InlineData("""{ "command": "(" }""", "must be a regular expression, not \"(\": Invalid pattern")]
    [InlineData("""{ "command": "" }""", "must be a regular expression")]
    [InlineData("""{ "command": "no-such-program-4711" }""", "no process's command line matches")]
    [InlineData("""{ "service": "primary" }""", "the experiment has no service 'primary'")]
    [InlineData("""{ "pid_file": "/nonexistent/pid" }""", "there is no file")]
    [InlineData("""{ "pid_file": "/etc/hosts" }""", "/etc/hosts")]
    [InlineData("""{ "pid_file": ["a"] }""", "must be a text")]
    [InlineData("""{ "pid": 0 }""", "a whole number from 1 to 4194304")]
    [InlineData("""{ "pid": 4194305 }""", "a whole number from 1 to 4194304")]
    [InlineData("""{ "pid": 1 }""", "first process")]
    [InlineData("""{ "pid": 4194304 }""", "process 4194304 does not run")]
    [InlineData("""{ "pid": "4194304" }""", "process 4194304 does not run")]
    [InlineData("""{ "pid": 1, "port": 1 }""", "here it is pid and port")]
    [InlineData("""{ "port": 1, "signal": "STOP" }""", "must be one of KILL, TERM")]
    [InlineData("""{ "port": 1, "signal": 9 }""", "must be one of KILL, TERM")]
    public async Task Arguments_that_do_not_fit_are_refused(string arguments, string expected) =>
        Assert.Contains(expected, await FaultCase.RefusalAsync(Kind, JsonNode.Parse(arguments)!.AsObject()), StringComparison.Ordinal);

    private static ProcessIdentity UndoOf(FaultCase fault) =>
        new((int)fault.Record.Undo["programs"]![0]!["process"]!["id"]!, (long)fault.Record.Undo["programs"]![0]!["process"]!["start"]!);

    private Task WritePidAsync(int id) => File.WriteAllTextAsync(room["pid"], $"{id}\n", TestContext.Current.CancellationToken);
}
