namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class FileMissingTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task The_very_same_file_comes_back()
    {
        File.WriteAllText(room["data"], "one");
        File.SetUnixFileMode(room["data"], UnixFileMode.UserRead);
        await using var fault = await PlanAsync();
        await fault.InjectAsync();
        Assert.False(File.Exists(room["data"]));
        await fault.RevertAsync();
        Assert.Equal("one", File.ReadAllText(room["data"]));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(room["data"]));
        Assert.Contains("the same file as before", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_file_in_its_place_is_not_overwritten()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        await fault.InjectAsync();
        File.WriteAllText(room["data"], "two");
        Assert.False((await fault.ObserveAsync()).Seen);
        var kept = room[$".turbulence-{fault.Record.Id}-original"];
        Assert.Contains($"mv -- {kept} {room["data"]}", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.Equal("two", File.ReadAllText(room["data"]));
        Assert.Equal("one", File.ReadAllText(kept));
        Assert.False((await fault.CheckAsync()).Seen);
        File.Delete(room["data"]);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_return_that_stopped_half_way_is_finished()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        await fault.InjectAsync();

        // Both names are there for a moment where a rename must not replace.
        await room.Start("ln", $".turbulence-{fault.Record.Id}-original", "data").Exited;
        Assert.False((await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal([room["data"]], Directory.GetFiles(room.Path));
    }

    [Fact]
    public async Task A_file_that_was_replaced_after_the_plan_is_not_touched()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        File.WriteAllText(room["new"], "two");
        File.Move(room["new"], room["data"], overwrite: true);
        Assert.Contains("since the fault was planned", await fault.TryInjectAsync(), StringComparison.Ordinal);
        Assert.Equal("two", File.ReadAllText(room["data"]));
    }

    [Fact]
    public async Task An_original_that_is_nowhere_is_not_confirmed()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        await fault.InjectAsync();
        File.Delete(room[$".turbulence-{fault.Record.Id}-original"]);
        await fault.RevertAsync();
        Assert.False((await fault.CheckAsync()).Seen);
    }

    private Task<FaultCase> PlanAsync() => FaultCase.MakeAsync("file.missing", FaultCase.Request(new() { ["path"] = "data" }, room.Path));
}
