using System.Globalization;
using System.Net.Sockets;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Faults.Residents;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>
/// What entering a process takes for granted, taken away: nobody it does harm to, and what cannot be entered is told when it is planned.
/// </summary>
public sealed class DotNetEntranceTests
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task A_program_that_is_not_NET_is_refused()
    {
        using var room = new Room();
        var sleeper = room.StartSleeper();
        Assert.Contains("is no .NET process that could be entered", await RefusalAsync(sleeper.Id), StringComparison.Ordinal);
    }

    [GateFact]
    public async Task A_native_program_is_refused()
    {
        Needs.That(BuiltProgram.IsNative, Share.Rest);
        using var room = new Room();
        var port = FreePort.Next();
        var server = await room.StartServerAsync(port);
        Assert.Contains("is no .NET process that could be entered", await RefusalAsync(server.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnostics_that_are_off_are_told_with_what_turned_them_off()
    {
        await using var process = await InnerProcess.StartAsync(("DOTNET_EnableDiagnostics", "0"));
        Assert.Contains("was started with DOTNET_EnableDiagnostics=0", await RefusalAsync(process.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Startup_hooks_that_are_off_are_told_with_what_turns_them_on()
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(BuiltProgram.Built("InnerTarget", "inner-target"))!))
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
        }

        var configuration = copy["inner-target.runtimeconfig.json"];
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(
            "\"configProperties\": {", "\"configProperties\": {\n\"System.StartupHookProvider.IsSupported\": false,", StringComparison.Ordinal));
        await using var process = await InnerProcess.StartAsync([], copy["inner-target"]);
        Assert.Contains("<StartupHookSupport>true</StartupHookSupport>", await RefusalAsync(process.Id), StringComparison.Ordinal);

        // A program in a single file has its configuration inside: it is told when it is entered.
        File.Delete(configuration);
        await using var fault = await MakeAsync(process);
        Assert.Contains("<StartupHookSupport>true</StartupHookSupport>", await fault.TryInjectAsync(), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Null(process.Residue());
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
    }

    [Fact]
    public async Task A_process_that_is_stopped_is_refused()
    {
        await using var process = await InnerProcess.StartAsync();
        process.Signal(PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(process.Id) is { State: 'T' });
        Assert.Contains("is stopped", await RefusalAsync(process.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_is_about_to_have_no_files_left_is_refused()
    {
        await using var process = await InnerProcess.StartAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        var most = (process.LastFile + 10).ToString(CultureInfo.InvariantCulture);
        Needs.Program("prlimit", "util-linux");
        using var room = new Room();
        var setting = room.Start("prlimit", "--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--nofile={most}:{most}");
        Assert.True((await setting.Exited).IsSuccess);
        Assert.Contains("more files to open", await RefusalAsync(process.Id), StringComparison.Ordinal);
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
    }

    [Fact]
    public async Task A_process_that_has_no_files_left_when_it_is_to_be_entered_is_left_alone()
    {
        await using var process = await InnerProcess.StartAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        await using var fault = await MakeAsync(process);
        var most = (process.LastFile + 10).ToString(CultureInfo.InvariantCulture);
        Needs.Program("prlimit", "util-linux");
        using var room = new Room();
        var setting = room.Start("prlimit", "--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--nofile={most}:{most}");
        Assert.True((await setting.Exited).IsSuccess);
        Assert.Contains("more files to open", await fault.TryInjectAsync(), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        Assert.Null(process.Residue());
    }

    [Fact]
    public async Task A_process_whose_program_has_not_begun_is_refused_and_begins_unharmed()
    {
        using var room = new Room();
        var process = room.Start(new ProcessStartOptions
        {
            FileName = BuiltProgram.Built("InnerTarget", "inner-target"),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
                ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
                ["TMPDIR"] = room.Path,
                ["DOTNET_DefaultDiagnosticPortSuspend"] = "1",
            },
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Null,
        });
        await Eventually.HoldsAsync(() => Directory.GetFiles(room.Path, "dotnet-diagnostic-*-socket").Length == 1);
        Assert.Contains("has not begun", await RefusalAsync(process.Id), StringComparison.Ordinal);

        // ResumeRuntime.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Directory.GetFiles(room.Path, "dotnet-diagnostic-*-socket")[0]));
        socket.Send("DOTNET_IPC_V1\0\u0014\0\u0004\u0001\0\0"u8.ToArray());
        using var reader = new StreamReader(process.StandardOutput);
        Assert.NotNull(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_that_has_changed_its_temporary_folder_is_entered_by_another()
    {
        await using var process = await InnerProcess.StartAsync();
        await process.AskAsync("/temporary?folder=/nowhere");
        await using var fault = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await fault.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        Assert.Empty(Directory.GetDirectories(process.Folder, "turbulence-*"));
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => process.Residue() is null);
    }

    [Fact]
    public async Task What_another_build_has_left_in_a_process_stands_in_nobodys_way()
    {
        await using var process = await InnerProcess.StartAsync();
        await using (var fault = await MakeAsync(process))
        {
            await fault.InjectAsync();
        }

        // Another build is told by the id of its module, as any two builds are; its folder is one that nobody waits in.
        var other = ResidentAssembly.Read(out var file);
        var id = new PEReader([.. other]).GetMetadataReader() is var reader
            ? reader.GetGuid(reader.GetModuleDefinition().Mvid).ToByteArray() : [];
        other[other.AsSpan().IndexOf(id)] ^= 1;
        using var elsewhere = new TemporaryFolder();
        var (name, content) = ResidentAssembly.Name(other, file);
        Assert.NotEqual(ResidentAssembly.FileName, name);
        File.WriteAllBytes(elsewhere[name], content);
        var channel = Assert.Single(Directory.GetFiles(process.Folder, "dotnet-diagnostic-*-socket"));
        var identity = ProcessTable.Find(process.Id)!.Identity;
        Assert.Null(await new DiagnosticsChannel(channel, identity).LoadAsync(elsewhere[name], TestContext.Current.CancellationToken));
        await using var again = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await again.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
    }

    [GateFact]
    public async Task A_process_that_is_stopped_in_between_is_not_entered_and_goes_on_unharmed()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var fault = await MakeAsync(process);
        process.Signal(PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(process.Id) is { State: 'T' });
        Assert.Contains("has not said within", await fault.TryInjectAsync(), StringComparison.Ordinal);

        // What it was told to load has to be there when it goes on: an assembly that is missing would end it.
        Assert.Contains("the file has to stay", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.False((await fault.CheckAsync()).Seen);
        Assert.NotNull(process.Residue());
        process.Signal(PosixSignalNumber.Continue);
        await Eventually.HoldsAsync(async () => await fault.TryRevertAsync() is null);
        await fault.SeeItBackAsync();
        await Eventually.HoldsAsync(() => process.Residue() is null);
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
    }

    [Fact]
    public async Task Without_anybody_who_wants_it_it_lets_go_by_itself()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var fault = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await fault.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        await fault.ForgetAsync();
        await Eventually.HoldsAsync(() => process.Residue() is null);
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        Assert.Contains("has let go by itself", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_process_that_has_ended_has_taken_the_fault_along()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var fault = await MakeAsync(process);
        await fault.InjectAsync();
        process.Signal(PosixSignalNumber.Kill);
        await Eventually.HoldsAsync(() => ProcessTable.Find(process.Id) is not { IsAlive: true });
        Assert.Contains("is gone", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Empty(Directory.GetDirectories(process.Folder, "turbulence-*"));
    }

    [Fact]
    public async Task Who_does_not_know_the_token_is_told_so_and_nothing_else()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var fault = await MakeAsync(process);
        await fault.InjectAsync();
        var door = Path.Combine(Assert.Single(Directory.GetDirectories(process.Folder, "turbulence-*")), "door");
        Assert.Equal(
            OwnerAlone, File.GetUnixFileMode(Path.GetDirectoryName(door)!));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(door)!, "token")));
        foreach (var said in (string[])["""{"do":"take","token":"guess"}""", """{"do":"take"}""", "not JSON", new string('x', 300_000)])
        {
            Assert.DoesNotContain("hits", await SayAsync(door, said), StringComparison.Ordinal);
        }

        await fault.SeeEffectAsync();
    }

    [Fact]
    public async Task A_socket_of_somebody_else_in_its_place_is_told_nothing()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var fault = await MakeAsync(process);
        await fault.InjectAsync();
        var door = Path.Combine(Assert.Single(Directory.GetDirectories(process.Folder, "turbulence-*")), "door");
        File.Delete(door);
        using var stranger = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        stranger.Bind(new UnixDomainSocketEndPoint(door));
        stranger.Listen();
        Assert.Contains($"is that of process {Environment.ProcessId}", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);

        // Nobody reaches it any more, so it lets go.
        await Eventually.HoldsAsync(() => process.Residue() is null);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task Folders_that_somebody_else_made_for_it_are_not_obeyed()
    {
        await using var process = await InnerProcess.StartAsync();
        var open = Directory.CreateDirectory(Path.Combine(process.Folder, $"turbulence-{process.Id}-open")).FullName;
        File.WriteAllText(Path.Combine(open, "token"), "planted");
        await using var fault = await MakeAsync(process);
        await fault.InjectAsync();
        Assert.False(File.Exists(Path.Combine(open, "door")));
        Assert.True(File.Exists(Path.Combine(open, "token")));
        Directory.Delete(open, recursive: true);
    }

    [Fact]
    public async Task Several_faults_are_in_one_process_and_each_is_taken_back_by_itself()
    {
        await using var process = await InnerProcess.StartAsync();
        await using var first = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await using var second = await MakeAsync(process, new() { ["status"] = 418, ["route"] = "/orders/{id}" });
        await first.InjectAsync();
        await second.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        Assert.Equal("418 ", await process.TryAsync("/orders/7"));
        await first.ForgetAsync();
        await first.RevertAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        Assert.Equal("418 ", await process.TryAsync("/orders/7"));
    }

    [GateFact]
    public async Task A_thousand_times_leave_memory_threads_and_files_as_they_were()
    {
        const int First = 250;
        const int Times = 750;
        await using var process = await InnerProcess.StartAsync();
        for (var i = 0; i < First; i++)
        {
            await EnterAsync(process);
        }

        // What the runtime loads and compiles when it is asked first, and a little later once more, belongs to before.
        await Eventually.HoldsAsync(() => process.Residue() is null);
        var memory = await ResidentAsync(process);
        var (files, threads) = (process.OpenFiles, process.ThreadCount);
        for (var i = 0; i < Times; i++)
        {
            await EnterAsync(process);
        }

        await Eventually.HoldsAsync(() => process.Residue() is null);
        var grown = await ResidentAsync(process) - memory;
        Assert.InRange(process.OpenFiles, 1, files + 3);
        Assert.InRange(process.ThreadCount, 1, threads + 3);

        // A tenth of what as many assemblies would take.
        Assert.InRange(grown, long.MinValue, 6 << 20);
    }

    [Fact]
    public async Task A_process_of_another_user_is_entered_by_root_as_that_user()
    {
        Needs.Root("to start a program as somebody else");
        var program = BuiltProgram.Built("InnerTarget", "inner-target");
        using var copy = new TemporaryFolder();
        File.SetUnixFileMode(copy.Path, OwnerAlone | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(program)!))
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
        }

        await using var process = await InnerProcess.StartAsync(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], copy["inner-target"], ("TMPDIR", "/tmp"));
        await using var fault = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await fault.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        var folder = Assert.Single(Directory.GetDirectories("/tmp", $"turbulence-{process.Id}-*"));
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_process_in_a_container_is_entered_by_its_own_view_of_the_files()
    {
        Needs.Root("to make namespaces");
        await using var process = await InnerProcess.StartAsync(
            ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-c", "mount -t tmpfs none /var/tmp && exec \"$0\""],
            BuiltProgram.Built("InnerTarget", "inner-target"),
            ("TMPDIR", "/var/tmp"));
        await using var fault = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await fault.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        Assert.Empty(Directory.GetDirectories($"/proc/{process.Id}/root/var/tmp", "turbulence-*"));
    }

    [Theory]
    [InlineData("size=4k")]
    [GateData("ro")]
    [InlineData("noexec")]
    public async Task A_temporary_folder_that_is_full_or_read_only_or_not_executable_does_not_stand_in_the_way(string options)
    {
        Needs.Root("to make namespaces");
        var remount = options == "ro" ? "" : $"mount -t tmpfs -o {options} none /var/tmp && ";
        await using var process = await InnerProcess.StartAsync(
            ["unshare", "--mount", "sh", "-c", $"mount -t tmpfs none /var/tmp && {remount}exec \"$0\""],
            BuiltProgram.Built("InnerTarget", "inner-target"),
            ("TMPDIR", "/var/tmp"));
        if (options == "ro")
        {
            using var room = new Room();
            var id = process.Id.ToString(CultureInfo.InvariantCulture);
            Assert.True((await room.Start("nsenter", "-t", id, "-m", "mount", "-o", "remount,ro", "/var/tmp").Exited).IsSuccess);
        }

        await using var fault = await MakeAsync(process, new() { ["status"] = 503, ["route"] = "/ping" });
        await fault.InjectAsync();
        Assert.Equal("503 ", await process.TryAsync("/ping"));
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        await Eventually.HoldsAsync(() => process.Residue() is null);
    }

    private static Task<FaultCase> MakeAsync(InnerProcess process, JsonObject? arguments = null)
    {
        arguments ??= new JsonObject { ["delay"] = 0.1 };
        arguments["pid"] = process.Id;
        return FaultCase.MakeAsync(arguments.ContainsKey("route") ? "dotnet.request" : "dotnet.http", FaultCase.Request(arguments));
    }

    private static async Task EnterAsync(InnerProcess process)
    {
        await using var fault = await MakeAsync(process);
        await fault.InjectAsync();
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    private static async Task<long> ResidentAsync(InnerProcess process)
    {
        await process.AskAsync("/collect");
        return ProcessUsage.Read(process.Id)!.ResidentBytes;
    }

    private static async Task<string> RefusalAsync(int process) =>
        await FaultCase.RefusalAsync("dotnet.http", new JsonObject { ["pid"] = process, ["delay"] = 0.1 });

    private static async Task<string> SayAsync(string door, string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(door));
        var answer = new byte[4096];
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text + "\n"));
            return Encoding.UTF8.GetString(answer, 0, await socket.ReceiveAsync(answer));
        }
        catch (SocketException closed)
        {
            return closed.Message;
        }
    }
}
