using System.Text.Json.Nodes;
using Turbulence.Faults.Stress;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Stress;

public sealed class StressLimitTests
{
    [Theory]
    [InlineData("stress.cpu", """{ "cores": 100000 }""", "a whole number from 1 to")]
    [InlineData("stress.cpu", """{ "share": 0 }""", "a number from 0.01 to 1")]
    [InlineData("stress.memory", "{}", "exactly one of bytes and share")]
    [InlineData("stress.memory", """{ "bytes": "1MiB", "share": 0.1 }""", "exactly one of bytes and share")]
    [InlineData("stress.memory", """{ "bytes": "900TiB" }""", "have to stay")]
    [InlineData("stress.memory", """{ "bytes": "lots" }""", "a text such as 64MiB")]
    [InlineData("stress.memory", """{ "bytes": 0 }""", "above 0")]
    [InlineData("stress.disk", "{}", "needs the argument 'path'")]
    [InlineData("stress.disk", """{ "path": "/proc/self/comm" }""", "is not a folder")]
    [InlineData("stress.disk", """{ "path": "/tmp", "free": 1 }""", "a number of bytes from 64 MiB")]
    [InlineData("stress.disk", """{ "path": "/tmp", "bytes": "900TiB" }""", "have to stay")]
    [InlineData("stress.disk", """{ "path": "/tmp", "bytes": "1MiB", "free": "1GiB" }""", "at most one of free and bytes")]
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
    public async Task A_disk_is_full_to_its_floor_of_64_MiB_and_free_again()
    {
        Needs.Root("to mount a small disk");
        using var room = new Room();
        var disk = Directory.CreateDirectory(room["disk"]).FullName;
        var mount = await room.Start("mount", "-t", "tmpfs", "-o", "size=192m", "turbulence", disk).Exited;
        Needs.That(mount.IsSuccess, "nothing can be mounted here");
        try
        {
            await using var fault = await FaultCase.MakeAsync("stress.disk", FaultCase.Request(new() { ["path"] = disk }));
            Assert.Equal($"disk:{FileStatus.Read(disk)!.Device}", Assert.Single(fault.Record.Targets).Key);
            await fault.InjectAsync();
            await fault.SeeEffectAsync();
            Assert.InRange(DiskRoom.Free(disk), 64 << 20, 65 << 20);
            Assert.Throws<IOException>(() => File.WriteAllBytes(Path.Combine(disk, "more"), new byte[66 << 20]));
            File.Delete(Path.Combine(disk, "more"));
            Assert.Empty(Directory.GetFiles(disk));
            await fault.RevertAsync();
            await fault.SeeItBackAsync();
            Assert.Equal(192 << 20, DiskRoom.Free(disk));
        }
        finally
        {
            await room.Start("umount", disk).Exited;
        }
    }

    [Fact]
    public async Task A_link_that_somebody_planted_where_a_file_is_made_is_not_followed()
    {
        using var room = new Room();
        File.WriteAllText(room["victim"], "precious");
        await using var fault = await FaultCase.MakeAsync(
            "stress.io", FaultCase.Request(new() { ["path"] = room.Path, ["bytes"] = "64KiB" }));
        File.CreateSymbolicLink(room[$".turbulence-{fault.Record.Id}-fill-"], room["victim"]);
        Assert.Contains("cannot write in", await fault.TryInjectAsync(), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("precious", File.ReadAllText(room["victim"]));
    }
}
