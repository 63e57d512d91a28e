using System.Text.Json.Nodes;
using Turbulence.Faults.Stress;

namespace Turbulence.Faults.Kinds.Tests.Stress;

public sealed class StressLimitTests
{
    [Theory]
    [InlineData("stress.cpu", """{ "cores": 100000 }""", "a whole number from 1 to")]
    [InlineData("stress.cpu", """{ "share": 0 }""", "a number from 0.01 to 1")]
    [InlineData("stress.memory", "{}", "exactly one of 'bytes' and 'share'")]
    [InlineData("stress.memory", """{ "bytes": "1MiB", "share": 0.1 }""", "exactly one of 'bytes' and 'share'")]
    [InlineData("stress.memory", """{ "bytes": "900TiB" }""", "have to stay")]
    [InlineData("stress.memory", """{ "bytes": "lots" }""", "a text such as 64MiB")]
    [InlineData("stress.memory", """{ "bytes": 0 }""", "above 0")]
    [InlineData("stress.disk", "{}", "needs the argument 'path'")]
    [InlineData("stress.disk", """{ "path": "/proc/self/comm" }""", "is not a folder")]
    [InlineData("stress.disk", """{ "path": "/tmp", "free": 1 }""", "have to stay free")]
    [InlineData("stress.disk", """{ "path": "/tmp", "bytes": "900TiB" }""", "have to stay")]
    [InlineData("stress.disk", """{ "path": "/tmp", "bytes": "1MiB", "free": "1GiB" }""", "not both")]
    [InlineData("stress.io", """{ "path": "/tmp", "bytes": "2GiB" }""", "from 4 KiB to 1 GiB")]
    [InlineData("stress.fd", "{}", "needs the argument 'count'")]
    [InlineData("stress.fd", """{ "count": 0 }""", "a whole number from 1 to")]
    [InlineData("stress.threads", """{ "count": 1000000 }""", "a whole number from 1 to 20000")]
    [InlineData("stress.threads", """{ "count": true }""", "a whole number from 1 to 20000")]
    public async Task Arguments_that_do_not_fit_are_refused(string kind, string arguments, string expected) =>
        Assert.Contains(expected, await FaultCase.RefusalAsync(kind, JsonNode.Parse(arguments)!.AsObject()), StringComparison.Ordinal);

    [Fact]
    public async Task A_share_of_the_memory_never_reaches_below_the_floor()
    {
        var planning = await FaultCase.PlanAsync("stress.memory", FaultCase.Request(new() { ["share"] = 1 }));
        var bytes = long.Parse((string)planning.Plan!.Undo["load"]!["bytes"]!, System.Globalization.CultureInfo.InvariantCulture);
        const long ForOthersMeanwhile = 2L << 30;
        Assert.InRange(bytes, 1, MachineMemory.Available() + ForOthersMeanwhile - MachineMemory.Floor());
        Assert.True(MachineMemory.Floor() >= 256L << 20);
    }

    [Fact]
    public async Task A_small_disk_is_full_to_its_floor_and_free_again()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to mount a small disk");
        using var room = new Room();
        var disk = Directory.CreateDirectory(room["disk"]).FullName;
        var mount = await room.Start("mount", "-t", "tmpfs", "-o", "size=32m", "turbulence", disk).Exited;
        Assert.SkipUnless(mount.IsSuccess, "nothing can be mounted here");
        try
        {
            await using var fault = await FaultCase.MakeAsync("stress.disk", FaultCase.Request(new() { ["path"] = disk }));
            Assert.Equal($"disk:{disk}", Assert.Single(fault.Record.Targets).Key);
            await fault.InjectAsync();
            await fault.SeeEffectAsync();
            Assert.InRange(DiskRoom.Free(disk), 1 << 20, 3 << 20);
            Assert.Throws<IOException>(() => File.WriteAllBytes(Path.Combine(disk, "more"), new byte[4 << 20]));
            File.Delete(Path.Combine(disk, "more"));
            Assert.Empty(Directory.GetFiles(disk));
            await fault.RevertAsync();
            await fault.SeeItBackAsync();
            Assert.Equal(32 << 20, DiskRoom.Free(disk));
        }
        finally
        {
            await room.Start("umount", disk).Exited;
        }
    }
}
