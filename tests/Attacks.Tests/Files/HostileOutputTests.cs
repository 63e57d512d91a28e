namespace Attacks.Tests.Files;

/// <summary>Outputs that are no files of ours: what stands there stays what it is, the rollbacks are played, and nobody waits.</summary>
public sealed class HostileOutputTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("--journal-path")]
    [GateData("--log-file")]
    public async Task A_link_is_followed_and_stays_a_link(string option)
    {
        room.Write("real", "old");
        File.CreateSymbolicLink(room.File("link"), "real");

        var end = await RunAsync(option, "link");

        Promises.IsToldForPeople(end, 0);
        Assert.Equal("real", new FileInfo(room.File("link")).LinkTarget);
        Assert.NotEqual("old", File.ReadAllText(room.File("real")));
    }

    [Theory]
    [GateData("--journal-path")]
    [InlineData("--log-file")]
    public async Task A_device_stays_a_device(string option)
    {
        // A copy of the path, so that a program that replaces what stands there harms no machine.
        File.CreateSymbolicLink(room.File("null"), "/dev/null");

        var end = await RunAsync(option, "null");

        Promises.IsToldForPeople(end, 0);
        Assert.Equal("/dev/null", new FileInfo(room.File("null")).LinkTarget);
    }

    [Theory]
    [InlineData("--journal-path")]
    [GateData("--log-file")]
    public async Task A_pipe_that_nobody_reads_holds_up_nobody(string option)
    {
        await Fifo.MakeAsync(room.File("pipe"));

        var end = await RunAsync(option, "pipe");

        Promises.IsToldForPeople(end);
        Assert.True(File.Exists(room.File(Methods.RolledBack)) || !File.Exists(room.File("played")), end.Said);
    }

    [Theory]
    [InlineData("--journal-path")]
    [GateData("--log-file")]
    public async Task A_full_disk_costs_no_rollback_and_is_told(string option)
    {
        File.CreateSymbolicLink(room.File("full"), "/dev/full");

        var end = await RunAsync(option, "full");

        Promises.IsToldForPeople(end);
        Assert.True(File.Exists(room.File(Methods.RolledBack)) || !File.Exists(room.File("played")), end.Said);
        Assert.Contains("full", end.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_told_before_anything_is_played()
    {
        Directory.CreateDirectory(room.File("folder"));

        var end = await RunAsync("--journal-path", "folder");

        Promises.IsToldForPeople(end, 64);
        Assert.False(File.Exists(room.File("played")), end.Said);
        Assert.True(Directory.Exists(room.File("folder")));
    }

    private async Task<ChaosEnd> RunAsync(string option, string path)
    {
        room.Write("e.json", Methods.Attack(Methods.Process("touch", "played")));
        string[] arguments = option == "--log-file" ? [option, path, "run", "e.json"] : ["run", option, path, "e.json"];
        return await ChaosRun.RunAsync(room, arguments);
    }
}
