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
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Directory.Exists("/dev/mqueue"), "needs root and a file system without the flag");
        var path = $"/dev/mqueue/turbulence-{Environment.ProcessId}";
        try
        {
            File.WriteAllText(path, "");
        }
        catch (IOException)
        {
            Assert.Skip("no file can be made there");
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
