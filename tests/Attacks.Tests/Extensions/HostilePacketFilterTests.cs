using System.Text.Json.Nodes;

namespace Attacks.Tests.Extensions;

/// <summary>What stands in the place of <c>nft</c> on the PATH neither holds a run up nor lets it pass.</summary>
public sealed class HostilePacketFilterTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("exec sleep 1000", 2, "nft gives no answer within 8 s")]
    [GateData("trap '' TERM INT HUP; while :; do sleep 1000; done", 2, "nft gives no answer within 8 s")]
    [InlineData("exit 0", 3, "had no effect")]
    [GateData("echo no >&2; exit 1", 2, "nft: no")]
    [GateData("kill -9 $$", 2, "nft: it was ended by signal 9")]
    public async Task Whatever_nft_does_the_run_ends_and_is_no_pass(string script, int code, string said)
    {
        var nft = room.File(room.Write("nft", $"#!/bin/sh\n{script}\n"));
        File.SetUnixFileMode(nft, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var fault = new JsonObject
        {
            ["type"] = "fault",
            ["kind"] = "network.drop",
            ["arguments"] = new JsonObject { ["address"] = "192.0.2.1" },
        };
        room.Write("e.json", Methods.Attack(fault));

        await using var run = ChaosRun.Start(
            room,
            new Dictionary<string, string> { ["PATH"] = $"{room.Path}:{Environment.GetEnvironmentVariable("PATH")}" },
            "run",
            "e.json");
        var end = await run.EndAsync();

        Promises.AreKept(room, end, code);
        Assert.Contains(said, end.Said, StringComparison.Ordinal);
    }
}
