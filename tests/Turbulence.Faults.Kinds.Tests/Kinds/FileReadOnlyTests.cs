using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class FileReadOnlyTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Nobody_can_write_until_it_is_taken_back()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.Throws<UnauthorizedAccessException>(() => File.AppendAllText(room["data"], "two"));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        File.AppendAllText(room["data"], "two");
        Assert.Equal("onetwo", File.ReadAllText(room["data"]));
    }

    [Theory]
    [InlineData("data.1")]
    [InlineData("old/data.1")]
    public async Task A_file_that_was_rotated_meanwhile_gets_its_mode_back_wherever_it_is(string name)
    {
        File.WriteAllText(room["data"], "one");
        var mode = File.GetUnixFileMode(room["data"]);
        Directory.CreateDirectory(room["old"]);
        await using var fault = await PlanAsync();

        // An immutable file cannot be moved; the mode is what an ordinary user's runner takes.
        fault.Record.Undo["immutable"] = false;
        await fault.InjectAsync();
        File.Move(room["data"], room[name]);
        File.WriteAllText(room["data"], "two");
        Assert.NotEqual(mode, File.GetUnixFileMode(room[name]));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(mode, File.GetUnixFileMode(room[name]));
        Assert.Equal([room["data"]], Directory.GetFiles(room.Path).Where(file => file != room[name]));
    }

    [Fact]
    public async Task A_file_that_cannot_be_found_again_is_not_said_to_be_as_before()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        fault.Record.Undo["immutable"] = false;
        File.WriteAllText(room[$".turbulence-{fault.Record.Id}-held"], "somebody's");
        await fault.InjectAsync();
        Directory.CreateDirectory(room["old"]);
        File.Move(room["data"], room["old/data"]);
        await fault.RevertAsync();
        var evidence = await fault.CheckAsync();
        Assert.False(evidence.Seen, evidence.Text);
        Assert.Equal("somebody's", File.ReadAllText(room[$".turbulence-{fault.Record.Id}-held"]));
    }

    [Fact]
    public async Task A_file_that_was_read_only_before_is_refused()
    {
        File.WriteAllText(room["data"], "one");
        await using var fault = await PlanAsync();
        await fault.InjectAsync();
        var planning = await FaultCase.PlanAsync("file.readonly", FaultCase.Request(new() { ["path"] = "data" }, room.Path));
        Assert.Matches("immutable already|cannot be written to already", planning.Problem);
    }

    [Fact]
    public async Task Root_is_refused_where_the_file_system_knows_no_immutable_files()
    {
        Needs.That(Environment.IsPrivilegedProcess && Directory.Exists("/dev/mqueue"), "needs root and a file system without the flag");
        var path = $"/dev/mqueue/turbulence-{Environment.ProcessId}";
        try
        {
            File.WriteAllText(path, "");
        }
        catch (IOException)
        {
            Needs.That(false, "no file can be made there");
        }

        using var removal = new Removal(path);
        Assert.False(ImmutableFlag.IsKnown(path));
        Assert.Contains("no effect", await FaultCase.RefusalAsync("file.readonly", new() { ["path"] = path }), StringComparison.Ordinal);
    }

    private Task<FaultCase> PlanAsync() => FaultCase.MakeAsync("file.readonly", FaultCase.Request(new() { ["path"] = "data" }, room.Path));

    private sealed class Removal(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
