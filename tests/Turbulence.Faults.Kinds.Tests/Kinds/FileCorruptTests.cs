using System.Text.Json.Nodes;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class FileCorruptTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
    private readonly CorruptibleFile file = new();

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData(1, """{ "share": 1 }""", 1)]
    [InlineData(100, """{}""", 1)]
    [InlineData(1000, """{ "bytes": "1kB" }""", 1000)]
    [InlineData(300_000, """{ "share": 0.5 }""", 150_000)]
    [InlineData(300_000, """{ "bytes": 7 }""", 7)]
    public async Task As_many_bytes_as_asked_are_changed_and_put_back_bit_for_bit(int length, string arguments, int expected)
    {
        var original = file.Write(length);
        File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(file.Path, LongAgo);
        await using var fault = await file.PlanAsync(JsonNode.Parse(arguments)!.AsObject());
        using var reader = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        var corrupted = File.ReadAllBytes(file.Path);
        Assert.Equal(length, corrupted.Length);
        Assert.Equal(expected, corrupted.Zip(original).Count(pair => pair.First != pair.Second));
        var seen = new byte[length];
        reader.ReadExactly(seen);
        Assert.Equal(corrupted, seen);

        await fault.RevertAsync();

        Assert.Equal(original, File.ReadAllBytes(file.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(file.Path));
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(file.Path));
        Assert.Equal([file.Path], Directory.GetFiles(file.Folder));
        Assert.Contains("bit for bit", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_corrupted_by_half_is_put_back()
    {
        var original = file.Write(10_000);
        await using var fault = await file.PlanAsync(new() { ["share"] = 0.1 });
        await fault.InjectAsync();
        var half = File.ReadAllBytes(file.Path);
        original.AsSpan(5000).CopyTo(half.AsSpan(5000));
        File.WriteAllBytes(file.Path, half);
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        Assert.Equal(original, File.ReadAllBytes(file.Path));
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_record_of_before_the_places_were_named_is_taken_back_as_it_was_put_in()
    {
        var original = file.Write(10_000);
        await using var fault = await file.PlanAsync(new() { ["share"] = 0.1 });
        fault.Record.Undo.Remove("places");
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        var corrupted = File.ReadAllBytes(file.Path);
        Assert.Equal(
            new ScatteredPlaces(fault.Record.Id, [new(0, 10_000)], 1_000).Runs(1).Select(run => run.Offset),
            Enumerable.Range(0, 10_000).Where(place => corrupted[place] != original[place]).Select(place => (long)place));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(original, File.ReadAllBytes(file.Path));

        fault.Record.Undo["places"] = 3;
        Assert.Throws<UnreadableUndoException>(() => CorruptUndo.Of(fault.Record, null));
    }

    [Fact]
    public async Task A_copy_that_was_not_finished_is_removed()
    {
        file.Write(100);
        await using var fault = await file.PlanAsync([]);
        File.WriteAllText(file[$".turbulence-{fault.Record.Id}-draft"], "half a co");
        Assert.False((await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal([file.Path], Directory.GetFiles(file.Folder));
    }

    [Fact]
    public async Task What_others_wrote_elsewhere_in_the_file_is_kept()
    {
        var original = file.Write(100);
        await using var fault = await file.PlanAsync(new() { ["bytes"] = 1 });
        await fault.InjectAsync();
        File.AppendAllText(file.Path, "more");
        await fault.RevertAsync();
        Assert.Equal([.. original, .. "more"u8], File.ReadAllBytes(file.Path));
        Assert.Contains("somebody else has changed others", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_replaced_is_left_and_a_person_is_told_where_the_original_is()
    {
        var original = file.Write(100);
        await using var fault = await file.PlanAsync([]);
        await fault.InjectAsync();
        File.WriteAllText(file["new"], "quite another content");
        File.Move(file["new"], file.Path, overwrite: true);
        var kept = file[$".turbulence-{fault.Record.Id}-original"];
        Assert.Contains($"cp -- {kept} {file.Path}", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.Equal("quite another content", File.ReadAllText(file.Path));
        Assert.Equal(original, File.ReadAllBytes(kept));
        Assert.False((await fault.CheckAsync()).Seen);

        // The person does as told, and the record can be closed.
        File.Copy(kept, file.Path, overwrite: true);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task Bytes_that_others_changed_are_left_and_a_person_is_told()
    {
        file.Write(100);
        await using var fault = await file.PlanAsync(new() { ["share"] = 1 });
        await fault.InjectAsync();
        File.WriteAllBytes(file.Path, new byte[10]);
        Assert.Contains("was written to", await fault.TryRevertAsync(), StringComparison.Ordinal);
        Assert.Equal(10, new FileInfo(file.Path).Length);
        File.Delete(file.Path);
        File.Delete(file[$".turbulence-{fault.Record.Id}-original"]);
    }

    [Theory]
    [InlineData("""{ "bytes": 1, "share": 0.5 }""", "takes at most one of bytes and share; here it is bytes and share")]
    [InlineData("""{ "bytes": 101 }""", "has only 100 B")]
    [InlineData("""{ "bytes": -1 }""", "above 0")]
    [InlineData("""{ "share": 1.5 }""", "a number above 0 to 1")]
    [InlineData("""{ "share": "much" }""", "a number above 0 to 1")]
    [InlineData("""{ "path": "empty" }""", "is empty")]
    [InlineData("""{ "path": "." }""", "is not a regular file")]
    [InlineData("""{ "path": "gone" }""", "there is no file")]
    [InlineData("""{ "path": "link" }""", "is a symbolic link to")]
    [InlineData("""{ "path": "/proc/self/comm" }""", "is not a regular file")]
    public async Task Arguments_that_do_not_fit_are_refused(string arguments, string expected)
    {
        file.Write(100);
        File.WriteAllText(file["empty"], "");
        File.CreateSymbolicLink(file["link"], "data");
        var json = JsonNode.Parse(arguments)!.AsObject();
        json.TryAdd("path", "data");
        var planning = await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(json, file.Folder));
        Assert.Contains(expected, planning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_gives_capabilities_is_refused_since_writing_takes_them_away()
    {
        Needs.Root("to give a file capabilities");
        var setcap = Needs.Program("setcap", "libcap2-bin");
        file.Write(100);
        await using var fault = await file.PlanAsync([]);
        await file.GiveCapabilityAsync(setcap);

        var planning = await FaultCase.PlanAsync("file.corrupt", FaultCase.Request(new() { ["path"] = "data" }, file.Folder));
        Assert.Contains("gives capabilities to its program", planning.Problem, StringComparison.Ordinal);
        Assert.Contains("since the fault was planned", await fault.TryInjectAsync(), StringComparison.Ordinal);
        Assert.True(FileCapabilities.Has(file.Path));
    }

    [Fact]
    public async Task A_file_is_one_target_by_whatever_folder_it_is_named()
    {
        file.Write(100);
        Directory.CreateSymbolicLink(file["way"], file.Folder);
        var planning = await FaultCase.PlanAsync("file.missing", FaultCase.Request(new() { ["path"] = "way/../way/data" }, file["way"]));
        var status = FileStatus.Read(file.Path)!;
        Assert.Equal($"file:{status.Device}:{status.Node}", Assert.Single(planning.Plan!.Targets).Key);
        Directory.Delete(file["way"]);
    }
}
