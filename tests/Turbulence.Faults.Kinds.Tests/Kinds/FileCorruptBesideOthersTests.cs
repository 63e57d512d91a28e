using System.Text.Json.Nodes;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>What a corruption does to everything that is not its own bytes: nothing.</summary>
public sealed class FileCorruptBesideOthersTests : IDisposable
{
    private readonly Room room = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Nothing_is_lost_that_another_program_writes_while_bytes_are_put_back()
    {
        const int Length = 8 << 20;
        var original = Write(Length);
        await using var fault = await PlanAsync(new() { ["share"] = 0.02 });
        await fault.InjectAsync();
        var corrupted = File.ReadAllBytes(room["data"]);
        int[] free = [.. Enumerable.Range(0, Length).Where(place => corrupted[place] == original[place])];
        using var over = new CancellationTokenSource();
        var writing = Task.Factory.StartNew(() => WriteBeside(free, original, over.Token), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await fault.RevertAsync();
        await over.CancelAsync();
        Assert.True(await writing > 0);
        Assert.Equal(original, File.ReadAllBytes(room["data"]));
    }

    [Fact]
    public async Task Holes_stay_holes_in_the_file_and_in_what_is_kept_of_it()
    {
        const long Length = 64 << 20;
        using (var file = File.OpenHandle(room["data"], FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, Length);
            var bytes = new byte[100_000];
            new Random(1).NextBytes(bytes);
            RandomAccess.Write(file, bytes, 1 << 20);
            RandomAccess.Write(file, bytes, 40 << 20);
            RandomAccess.FlushToDisk(file);
        }

        var taken = FileStatus.Read(room["data"])!.AllocatedBytes;
        Assert.InRange(taken, 200_000, Length / 2);
        var original = File.ReadAllBytes(room["data"]);
        await using var fault = await PlanAsync(new() { ["share"] = 0.3 });
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.InRange(FileStatus.Read(room[$".turbulence-{fault.Record.Id}-original"])!.AllocatedBytes, 1, Length / 2);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(room["data"]));
        Assert.Equal(taken, FileStatus.Read(room["data"])!.AllocatedBytes);
    }

    [Fact]
    public async Task A_file_that_is_one_hole_is_refused()
    {
        using (var file = File.OpenHandle(room["data"], FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, 1 << 20);
        }

        var planning = await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(new() { ["path"] = "data" }, room.Path));
        Assert.Contains("all of it is a hole", planning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_times_come_back_to_the_nanosecond()
    {
        Write(10_000);
        var (accessed, modified) = (new FileMoment(1_000_000_001, 123_456_789), new FileMoment(981_173_106, 987_654_321));
        using (var file = PlainFile.Open(room["data"], write: true))
        {
            FileMoment.Set(file, accessed, modified);
        }

        await using var fault = await PlanAsync([]);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        var status = FileStatus.Read(room["data"])!;
        Assert.Equal((accessed, modified), (status.Accessed, status.Modified));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_cancelled_half_way_does_nothing_after_that_and_is_put_back(bool atOnce)
    {
        var original = Write(8 << 20);
        await using var fault = await PlanAsync(new() { ["share"] = 1 });
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fault.Kind.InjectAsync(fault.Record, tools, stopping.Token));
        Assert.Equal(atOnce, written is null);
        fault.Record = fault.Record with { Undo = written ?? fault.Record.Undo };
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(room["data"]));
        Assert.Equal([room["data"]], Directory.GetFiles(room.Path));
    }

    [Fact]
    public async Task A_file_that_was_rotated_meanwhile_is_put_back_under_its_new_name()
    {
        var original = Write(10_000);
        await using var fault = await PlanAsync(new() { ["share"] = 0.5 });
        await fault.InjectAsync();
        File.Move(room["data"], room["data.1"]);
        File.WriteAllText(room["data"], "a new log");
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(room["data.1"]));
        Assert.Equal("a new log", File.ReadAllText(room["data"]));
    }

    [Fact]
    public async Task Two_names_of_one_file_are_one_target()
    {
        Write(100);
        await room.Start("ln", "data", "other").Exited;
        var (first, second) = (await KeyAsync("data"), await KeyAsync("other"));
        Assert.Equal(first, second);

        async Task<string> KeyAsync(string name) => Assert.Single(
            (await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(new() { ["path"] = name }, room.Path))).Plan!.Targets).Key;
    }

    [Fact]
    public async Task A_link_that_somebody_planted_where_the_copy_is_made_is_not_followed()
    {
        Write(100);
        File.WriteAllText(room["victim"], "precious");
        await using var fault = await PlanAsync([]);
        File.CreateSymbolicLink(room[$".turbulence-{fault.Record.Id}-draft"], room["victim"]);
        await fault.InjectAsync();
        Assert.Equal("precious", File.ReadAllText(room["victim"]));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("precious", File.ReadAllText(room["victim"]));
    }

    private int WriteBeside(int[] free, byte[] shadow, CancellationToken over)
    {
        var random = new Random(2);
        var written = 0;
        using var file = File.OpenHandle(room["data"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        while (!over.IsCancellationRequested)
        {
            var place = free[random.Next(free.Length)];
            RandomAccess.Write(file, [++shadow[place]], place);
            written++;
        }

        return written;
    }

    private byte[] Write(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(room["data"], bytes);
        return bytes;
    }

    private Task<FaultCase> PlanAsync(JsonObject arguments)
    {
        arguments["path"] = "data";
        return FaultCase.MakeAsync("file.corrupt", FaultCase.Request(arguments, room.Path));
    }
}
