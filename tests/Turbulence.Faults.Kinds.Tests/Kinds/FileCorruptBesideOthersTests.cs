using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>What a corruption does to everything that is not its own bytes: nothing.</summary>
public sealed class FileCorruptBesideOthersTests : IDisposable
{
    private readonly CorruptibleFile file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Nothing_is_lost_that_another_program_writes_while_bytes_are_put_back()
    {
        const int Length = 8 << 20;
        var original = file.Write(Length);
        await using var fault = await file.PlanAsync(new() { ["share"] = 0.02 });
        await fault.InjectAsync();
        var corrupted = File.ReadAllBytes(file.Path);
        int[] free = [.. Enumerable.Range(0, Length).Where(place => corrupted[place] == original[place])];
        using var over = new CancellationTokenSource();
        var writing = Task.Factory.StartNew(
            () => WriteBeside(free, original, over.Token), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await fault.RevertAsync();
        await over.CancelAsync();
        Assert.True(await writing > 0);
        Assert.Equal(original, File.ReadAllBytes(file.Path));
    }

    [Fact]
    public async Task Holes_stay_holes_in_the_file_and_in_what_is_kept_of_it()
    {
        const long Length = 64 << 20;
        using (var handle = File.OpenHandle(file.Path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(handle, Length);
            var bytes = new byte[100_000];
            new Random(1).NextBytes(bytes);
            RandomAccess.Write(handle, bytes, 1 << 20);
            RandomAccess.Write(handle, bytes, 40 << 20);
            RandomAccess.FlushToDisk(handle);
        }

        var taken = FileStatus.Read(file.Path)!.AllocatedBytes;
        Assert.InRange(taken, 200_000, Length / 2);
        var original = File.ReadAllBytes(file.Path);
        await using var fault = await file.PlanAsync(new() { ["share"] = 0.3 });
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.InRange(FileStatus.Read(file[$".turbulence-{fault.Record.Id}-original"])!.AllocatedBytes, 1, Length / 2);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(file.Path));
        Assert.Equal(taken, FileStatus.Read(file.Path)!.AllocatedBytes);
    }

    [Fact]
    public async Task A_file_that_is_one_hole_is_refused()
    {
        using (var handle = File.OpenHandle(file.Path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(handle, 1 << 20);
        }

        var planning = await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(new() { ["path"] = "data" }, file.Folder));
        Assert.Contains("all of it is a hole", planning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_times_come_back_to_the_nanosecond()
    {
        file.Write(10_000);
        var (accessed, modified) = (new FileMoment(1_000_000_001, 123_456_789), new FileMoment(981_173_106, 987_654_321));
        using (var handle = PlainFile.Open(file.Path, write: true))
        {
            FileMoment.Set(handle, accessed, modified);
        }

        await using var fault = await file.PlanAsync([]);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        var status = FileStatus.Read(file.Path)!;
        Assert.Equal((accessed, modified), (status.Accessed, status.Modified));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_cancelled_half_way_does_nothing_after_that_and_is_put_back(bool atOnce)
    {
        var original = file.Write(8 << 20);
        await using var fault = await file.PlanAsync(new() { ["share"] = 1 });
        using var stopping = new CancellationTokenSource();
        JsonObject? written = null;
        var tools = new FaultTools(TimeProvider.System, OtherProcess.Self, undo =>
        {
            written = undo;
            stopping.Cancel();
            return ValueTask.CompletedTask;
        });
        if (atOnce)
        {
            await stopping.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await fault.Kind.InjectAsync(fault.Record, tools, stopping.Token));
        Assert.Equal(atOnce, written is null);
        fault.Record = fault.Record with { Undo = written ?? fault.Record.Undo };
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(file.Path));
        Assert.Equal([file.Path], Directory.GetFiles(file.Folder));
    }

    [Fact]
    public async Task A_file_that_was_rotated_meanwhile_is_put_back_under_its_new_name()
    {
        var original = file.Write(10_000);
        await using var fault = await file.PlanAsync(new() { ["share"] = 0.5 });
        await fault.InjectAsync();
        File.Move(file.Path, file["data.1"]);
        File.WriteAllText(file.Path, "a new log");
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(file["data.1"]));
        Assert.Equal("a new log", File.ReadAllText(file.Path));
    }

    [Fact]
    public async Task Two_names_of_one_file_are_one_target()
    {
        file.Write(100);
        await file.LinkAsync("other");
        Assert.Equal(await KeyAsync("data"), await KeyAsync("other"));
    }

    [Fact]
    public async Task A_file_that_is_mounted_at_another_place_is_one_target()
    {
        Needs.Root("to mount a file");
        file.Write(100);
        File.WriteAllText(file["place"], "");
        Needs.That(await file.MountAsync("place"), "nothing can be mounted here");
        try
        {
            Assert.Equal(await KeyAsync("data"), await KeyAsync("place"));
        }
        finally
        {
            await file.UnmountAsync("place");
        }
    }

    [Fact]
    public async Task A_link_that_somebody_planted_where_the_copy_is_made_is_not_followed()
    {
        file.Write(100);
        File.WriteAllText(file["victim"], "precious");
        await using var fault = await file.PlanAsync([]);
        File.CreateSymbolicLink(file[$".turbulence-{fault.Record.Id}-draft"], file["victim"]);
        await fault.InjectAsync();
        Assert.Equal("precious", File.ReadAllText(file["victim"]));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("precious", File.ReadAllText(file["victim"]));
    }

    private async Task<string> KeyAsync(string name) => Assert.Single(
        (await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(new() { ["path"] = name }, file.Folder))).Plan!.Targets).Key;

    private int WriteBeside(int[] free, byte[] shadow, CancellationToken over)
    {
        var random = new Random(2);
        var written = 0;
        using var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        while (!over.IsCancellationRequested)
        {
            var place = free[random.Next(free.Length)];
            RandomAccess.Write(handle, [++shadow[place]], place);
            written++;
        }

        return written;
    }
}
