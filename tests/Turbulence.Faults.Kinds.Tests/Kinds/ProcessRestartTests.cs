using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class ProcessRestartTests
{
    [Fact]
    public async Task A_process_that_refuses_to_end_is_killed_after_its_grace_and_started_again()
    {
        using var room = new Room();
        var stubborn = room.Start("sh", "-c", "trap '' TERM; touch deaf; while :; do sleep 60; done");
        await Eventually.HoldsAsync(() => File.Exists(room["deaf"]));
        File.WriteAllText(room["pid"], $"{stubborn.Id}");
        await using var fault = await FaultCase.MakeAsync(
            "process.restart",
            FaultCase.Request(new() { ["pid_file"] = "pid", ["grace"] = 0.2 }, room.Path));
        await fault.InjectAsync();
        Assert.False(stubborn.Identity.IsAlive);
        await fault.SeeEffectAsync();
        await fault.SeeItBackAsync();
        Assert.Single(room.Processes, process => ProcessTable.CommandLine(process.Id)!.Count == 3);
    }

    [Fact]
    public async Task A_service_is_asked_to_end_and_listens_again_at_once()
    {
        using var room = new Room();
        var port = FreePort.Next();
        var server = await room.StartServerAsync(port);
        await using var fault = await FaultCase.MakeAsync("process.restart", FaultCase.Request(new() { ["port"] = port }));
        await fault.InjectAsync();
        Assert.Equal(0, (await server.Exited).ExitCode);
        Assert.True(Room.Answers(port));
        await fault.SeeEffectAsync();
    }
}
