using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Turbulence.Faults.SystemCalls;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class SystemCallTests : IDisposable
{
    /// <summary>
    /// Writes and forces two files onto the disk, again and again, and says of each what came of it, and how long it took.
    /// </summary>
    private const string Writer = """
        import os, sys, time
        files = [(name, os.open(name, os.O_CREAT | os.O_RDWR)) for name in sys.argv[1:]]
        while True:
            for name, file in files:
                begun = time.monotonic()
                try:
                    os.write(file, b"x")
                    os.fsync(file)
                    said = "ok"
                except OSError as error:
                    said = os.strerror(error.errno)
                print(os.path.basename(name) + "|" + said + "|" + str(time.monotonic() - begun), flush=True)
            time.sleep(0.01)
        """;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("a.txt")]
    [GateData("ein Döschen, \"leer\".txt")]
    public async Task A_disk_lies_about_one_file_and_no_longer_when_it_was_taken_back(string name)
    {
        var writer = await StartWriterAsync(name);
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error",
            FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["error"] = "EIO", ["path"] = name }, room.Path));
        await fault.InjectAsync();
        await SaysAsync($"{name}|Input/output error|");
        await HasHitsAsync(fault, 1);
        Assert.StartsWith("ok", Last("other.txt"), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await SaysAsync($"{name}|ok|");
    }

    [Fact]
    public async Task A_disk_is_full_for_one_file()
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error",
            FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = new JsonArray("write", "fsync"), ["error"] = "ENOSPC", ["path"] = "a.txt" }, room.Path));
        await fault.InjectAsync();
        await SaysAsync("a.txt|No space left on device|");
        Assert.StartsWith("ok", Last("other.txt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enter")]
    [GateData("exit")]
    public async Task A_call_takes_longer_by_the_delay(string at)
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.delay",
            FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["delay"] = 0.3, ["path"] = "a.txt", ["at"] = at }, room.Path));
        await fault.InjectAsync();
        await Eventually.HoldsAsync(() => Seconds("a.txt") >= 0.3);
        await HasHitsAsync(fault, 1);
        Assert.InRange(Seconds("other.txt"), 0, 0.3);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => Seconds("a.txt") < 0.3);
    }

    [Fact]
    public async Task A_call_that_waits_is_a_hit_and_goes_on_at_once_when_the_fault_is_taken_back()
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.delay", FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["delay"] = 600 }));
        await fault.InjectAsync();
        await HasHitsAsync(fault, 1);
        Assert.Contains("1 call delayed by 600 s (1 still waiting)", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        var before = Lines().Length;
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => Lines().Length > before + 2);
    }

    [Fact]
    public async Task Of_each_thread_s_calls_one_in_some_is_hit()
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error",
            FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["error"] = "EIO", ["path"] = "a.txt", ["first"] = 2, ["every"] = 3, ["last"] = 8 }, room.Path));
        var before = Lines().Length;
        await fault.InjectAsync();
        await HasHitsAsync(fault, 3);
        bool[] said = [];
        var first = -1;
        await Eventually.HoldsAsync(() =>
        {
            said = [.. Of("a.txt", before).Select(line => line.StartsWith("ok", StringComparison.Ordinal))];
            first = Array.IndexOf(said, false);
            return first >= 0 && said.Length >= first + 8;
        });
        Assert.Equal([false, true, true, false, true, true, false, true], said[first..(first + 8)]);
        Assert.Equal(3, (await fault.ObserveAsync()).Hits);
    }

    [Fact]
    public async Task A_fault_that_meets_no_call_has_hit_nothing()
    {
        Strace.Needed();
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error", FaultCase.Request(new() { ["pid"] = room.StartSleeper().Id, ["call"] = "connect", ["error"] = "ECONNREFUSED" }));
        await fault.InjectAsync();
        var seen = await fault.ObserveAsync();
        Assert.True(seen.Seen);
        Assert.Equal(0, seen.Hits);
    }

    [Fact]
    public async Task A_service_that_cannot_connect_says_so_and_can_again_afterwards()
    {
        Strace.Needed();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var script = room["client.py"];
        File.WriteAllText(script, """
            import socket, sys, time
            while True:
                try:
                    socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()
                    print("ok", flush=True)
                except OSError as error:
                    print(error.strerror, flush=True)
                time.sleep(0.01)
            """);
        var client = room.Start(new ProcessStartOptions
        {
            FileName = Needs.PythonProgram(),
            Arguments = [script, $"{port}"],
            StandardOutput = ChildOutput.AppendTo(room["said"]),
        });
        await SaysAsync("ok");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error", FaultCase.Request(new() { ["pid"] = client.Id, ["call"] = "connect", ["error"] = "ECONNREFUSED" }));
        await fault.InjectAsync();
        await SaysAsync("Connection refused");
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await SaysAsync("ok");
    }

    [Theory]
    [InlineData("strace")]
    [GateData("child")]
    public async Task Whoever_of_its_processes_is_killed_the_target_goes_on_and_the_fault_is_lost(string which)
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error", FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["error"] = "EIO" }));
        await fault.InjectAsync();
        await SaysAsync("a.txt|Input/output error|");
        var child = UndoProcess(fault);
        Kill(which == "strace" ? TracedThreads.Tracers(writer.Id)[0] : child);
        await SaysAsync("a.txt|ok|");
        Assert.False((await fault.ObserveAsync()).Seen);
        var expected = which == "strace" ? "strace has ended (it " : "no strace of this fault";
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Text.Contains(expected, StringComparison.Ordinal));
        Assert.Equal("0", ProcessTable.StatusLine(writer.Id, "TracerPid"));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_target_that_is_killed_while_a_call_waits_dies_and_is_not_missed()
    {
        var writer = await StartWriterAsync("a.txt");
        await using var fault = await FaultCase.MakeAsync(
            "syscall.delay", FaultCase.Request(new() { ["pid"] = writer.Id, ["call"] = "fsync", ["delay"] = 600 }));
        await fault.InjectAsync();
        await HasHitsAsync(fault, 1);
        Kill(writer.Id);
        await writer.Exited;
        var seen = await fault.ObserveAsync();
        Assert.False(seen.Seen);
        Assert.Contains($"process {writer.Id} is gone", seen.Text, StringComparison.Ordinal);
        await fault.RevertAsync();
        Assert.Contains("is gone meanwhile", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_stands_still_stays_so()
    {
        Strace.Needed();
        var sleeper = room.StartSleeper();
        sleeper.Signal(PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(sleeper.Id)!.State == 'T');
        await using var fault = await FaultCase.MakeAsync(
            "syscall.error", FaultCase.Request(new() { ["pid"] = sleeper.Id, ["call"] = "openat", ["error"] = "EMFILE" }));
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal('T', ProcessTable.Find(sleeper.Id)!.State);
        sleeper.Signal(PosixSignalNumber.Continue);
        await Eventually.HoldsAsync(() => ProcessTable.Find(sleeper.Id)!.State == 'S');
    }

    [Fact]
    public async Task Who_is_traced_already_is_refused_with_the_name_of_who_does_it()
    {
        Strace.Needed();
        var sleeper = room.StartSleeper();
        JsonObject arguments = new() { ["pid"] = sleeper.Id, ["call"] = "openat", ["error"] = "EMFILE" };
        await using var fault = await FaultCase.MakeAsync("syscall.error", FaultCase.Request(arguments.DeepClone().AsObject()));
        await using var second = await FaultCase.MakeAsync("syscall.error", FaultCase.Request(arguments.DeepClone().AsObject()));
        await fault.InjectAsync();
        Assert.Matches(
            @"is traced already, by process \d+ \(strace .*one trace at a time", await FaultCase.RefusalAsync("syscall.error", arguments));

        // One that was planned before gets to know, and takes nothing away from the first.
        Assert.Contains("ptrace", await second.TryInjectAsync(), StringComparison.OrdinalIgnoreCase);
        await second.RevertAsync();
        await fault.SeeEffectAsync();
    }

    [Fact]
    public async Task Two_faults_on_one_process_have_one_key()
    {
        Strace.Needed();
        var id = room.StartSleeper().Id;
        var error = await FaultCase.PlanAsync(
            "syscall.error", FaultCase.Request(new() { ["pid"] = id, ["call"] = "openat", ["error"] = "EMFILE" }));
        var delay = await FaultCase.PlanAsync("syscall.delay", FaultCase.Request(new() { ["pid"] = id, ["call"] = "read", ["delay"] = 1 }));
        Assert.Equal(error.Plan!.Targets[0].Key, delay.Plan!.Targets[0].Key);
    }

    [Fact]
    public async Task A_secret_in_a_path_is_masked_and_hidden()
    {
        Strace.Needed();
        var request = new FaultRequestOf(room.StartSleeper().Id, "/srv/hush-hush/db").Make();
        var plan = (await FaultCase.PlanAsync("syscall.error", request)).Plan!;
        Assert.DoesNotContain("hush", plan.Text + plan.UndoText + plan.Targets[0].Text, StringComparison.Ordinal);
        Assert.Equal(["hush-hush"], plan.Hidden);
    }

    [Theory]
    [InlineData("""{ "call": "conect", "error": "EIO" }""", "strace does not take it: invalid system call 'conect'")]
    [GateData("""{ "call": "%net", "error": "EIO" }""", "'%net' is no name of a system call")]
    [InlineData("""{ "call": ["fsync", "a,b"], "error": "EIO" }""", "'a,b' is no name of a system call")]
    [GateData("""{ "call": [], "error": "EIO" }""", "must be a text")]
    [InlineData("""{ "call": "exit_group", "error": "EIO" }""", "exit_group cannot fail")]
    [GateData("""{ "call": "fsync", "error": "EIOO" }""", "'EIOO' is no error of a system call, such as EIO or ECONNREFUSED (did you mean 'EIO'?)")]
    [InlineData("""{ "call": "fsync", "error": "5" }""", "'5' is no error")]
    [GateData("""{ "call": "fsync", "error": "EIO", "first": 0 }""", "from 1 to 65535")]
    [InlineData("""{ "call": "fsync", "error": "EIO", "first": 5, "last": 3 }""", "last is 3, and comes before first, which is 5")]
    [GateData("""{ "call": "fsync", "error": "EIO", "share": 0.5 }""", "has no argument 'share'")]
    [InlineData("""{ "call": "fsync" }""", "needs the argument 'error'")]
    public async Task What_does_not_fit_is_refused(string arguments, string expected)
    {
        Strace.Needed();
        var all = JsonNode.Parse(arguments)!.AsObject();
        all["pid"] = room.StartSleeper().Id;
        Assert.Contains(expected, await FaultCase.RefusalAsync("syscall.error", all), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_that_is_offered_is_known_to_strace()
    {
        Strace.Needed();
        Assert.All(ErrorNames.All, error =>
        {
            using var strace = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("strace", ["-e", $"inject=fsync:error={error}", "-V"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            strace.StandardOutput.ReadToEnd();
            strace.WaitForExit();
            Assert.Equal(0, strace.ExitCode);
        });
    }

    [Theory]
    [InlineData("4711 connect(0x3)  = -1 ECONNREFUSED (Connection refused) (INJECTED)\n", 1, 1)]
    [GateData("connect(0x3) = 0 (DELAYED)\nconnect(0x3) = 0\n", 2, 1)]
    [InlineData("4712 fsync(0x5 <unfinished ...>\n4711 fsync(0x5)  = 0\n4712 <... fsync resumed>) = 0 (DELAYED)\n", 2, 1)]
    [GateData("4712 fsync(0x5", 1, 0)]
    [InlineData("4712 +++ killed by SIGKILL +++\n4712 --- SIGCHLD ---\n", 0, 0)]
    [GateData("4712 fsync(0x5) = -1 EIO (Input/output error) (INJECTED) (DELAYED)\n", 1, 1)]
    [InlineData("", 0, 0)]
    public void Calls_are_counted_wherever_the_text_breaks_off(string text, long begun, long marked)
    {
        for (var size = 1; size <= text.Length + 1; size++)
        {
            var output = new CallOutput();
            foreach (var piece in System.Text.Encoding.UTF8.GetBytes(text).Chunk(size))
            {
                output.Take(piece);
            }

            Assert.Equal((begun, marked), (output.Begun, output.Marked));
        }
    }

    private static int UndoProcess(FaultCase fault) => (int)fault.Record.Undo["child"]!["id"]!;

    private static void Kill(int process)
    {
        Assert.True(ProcessHandle.TryOpen(process, out var handle, out _));
        using (handle)
        {
            handle.Signal(PosixSignalNumber.Kill);
        }
    }

    private static Task<TimeSpan> HasHitsAsync(FaultCase fault, long least) =>
        Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits >= least);

    private async Task<ChildProcess> StartWriterAsync(string name)
    {
        Strace.Needed();
        var script = room["writer.py"];
        File.WriteAllText(script, Writer);
        var writer = room.Start(new ProcessStartOptions
        {
            FileName = Needs.PythonProgram(),
            Arguments = [script, room[name], room["other.txt"]],
            StandardOutput = ChildOutput.AppendTo(room["said"]),
        });
        await SaysAsync($"{name}|ok|");
        await SaysAsync("other.txt|ok|");
        return writer;
    }

    /// <summary>Waits until it is said once more.</summary>
    private Task<TimeSpan> SaysAsync(string beginning)
    {
        var before = Lines().Length;
        return Eventually.HoldsAsync(() => Lines().Skip(before).Any(line => line.StartsWith(beginning, StringComparison.Ordinal)));
    }

    private string Last(string name) => Of(name, 0)[^1];

    private double Seconds(string name) => double.Parse(Last(name).Split('|')[1], CultureInfo.InvariantCulture);

    private string[] Of(string name, int from) =>
        [.. Lines().Skip(from).Where(line => line.StartsWith($"{name}|", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..])];

    // The last one may not be whole yet.
    private string[] Lines() => File.Exists(room["said"]) ? File.ReadAllText(room["said"]).Split('\n')[..^1] : [];

    /// <summary>A request whose path is a secret's.</summary>
    private sealed record FaultRequestOf(int Process, string Path)
    {
        public Contracts.FaultRequest Make() => new(
            "f", new JsonObject { ["pid"] = Process, ["call"] = "fsync", ["error"] = "EIO", ["path"] = Path }, "/")
        {
            Mask = SecretMask.Of(["hush-hush"]),
        };
    }
}
