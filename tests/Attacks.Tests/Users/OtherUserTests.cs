using Turbulence.Platform.Sockets;

namespace Attacks.Tests.Users;

/// <summary>What belongs to somebody else is neither hit nor trusted, and the refusal says whose it is.</summary>
public sealed class OtherUserTests : IDisposable
{
    private const string Played =
        "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("process.pause")]
    [GateData("process.kill")]
    [GateData("process.restart")]
    public async Task A_process_of_another_user_is_not_hit_and_the_refusal_says_whose_it_is(string kind)
    {
        Needs.Root("to be another user");
        await using var victim = await Victim.StartAsync(room, OtherUser.Command("sleep", "1000"));
        await Eventually.HoldsAsync(() => victim.Command is ["sleep", "1000"]);
        room.Write("e.yaml", $"title: t\ndescription: d\nmethod:\n{Victim.Pause.Replace("process.pause", kind, StringComparison.Ordinal)}");

        var end = await OtherUser.RunAsync(room, "run", "e.yaml");

        Promises.AreKept(room, end, 2);
        Assert.Contains(
            "(sleep 1000) belongs to user 65534 (we run as root without the capabilities for it; only that user and root may signal it)",
            end.Said,
            StringComparison.Ordinal);
        Assert.False(victim.IsStopped);
    }

    [Fact]
    public async Task A_listener_of_another_user_is_not_hit_and_the_refusal_says_whose_it_is()
    {
        Needs.Root("to be another user");
        var python = Needs.PythonProgram();
        var port = FreePort.Next();
        room.Write("listen.py", $"""
            import os, socket, time
            os.setgroups([]); os.setgid({OtherUser.Id}); os.setuid({OtherUser.Id})
            listener = socket.create_server(("127.0.0.1", {port}))
            time.sleep(1000)
            """);
        await using var victim = await Victim.StartAsync(room, [python, room.File("listen.py")]);
        await Eventually.HoldsAsync(() => ListeningProcess.IsListening(port));
        room.Write(
            "e.yaml",
            $"title: t\ndescription: d\nmethod:\n{Victim.Pause.Replace("pid_file: victim.pid", $"port: {port}", StringComparison.Ordinal)}");

        var end = await OtherUser.RunAsync(room, "run", "e.yaml");

        Promises.AreKept(room, end, 2);
        Assert.Contains(
            $"a process of user 65534 listens on port {port}, and we run as root without the capabilities for it",
            end.Said,
            StringComparison.Ordinal);
        Assert.False(victim.IsStopped);
    }

    [Theory]
    [InlineData(4, "run", "e.yaml")]
    [GateData(5, "faults", "list")]
    [InlineData(5, "faults", "revert", "--all")]
    [GateData(5, "halt")]
    [InlineData(5, "halt", "--release")]
    public async Task A_state_folder_of_another_user_is_no_ledger_for_any_command(int code, params string[] command)
    {
        Directory.CreateDirectory(room.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await OtherUser.GiveAsync(room.State);
        room.Write("e.yaml", Played);

        var end = await OtherUser.RunAsync(room, command);

        Promises.IsToldForPeople(end, code);
        Assert.Contains(room.State, end.Said, StringComparison.Ordinal);
        Assert.Matches("belongs to user 65534|is denied", end.Said);
        Assert.False(File.Exists(room.File("played")));
    }
}
