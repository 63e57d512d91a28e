using Turbulence.Platform.Files;

namespace Turbulence.Platform.Tests.Files;

public sealed class PlainFileTests
{
    [Fact]
    public void A_link_is_not_followed_and_what_is_no_file_is_not_opened()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "four");
        File.CreateSymbolicLink(folder["link"], folder["file"]);
        Assert.Throws<IOException>(() => PlainFile.Open(folder["link"]));
        Assert.Throws<IOException>(() => PlainFile.Open("/dev/null"));
        Assert.Throws<FileNotFoundException>(() => PlainFile.Open(folder["nothing"]));
        using var file = PlainFile.Open(folder["file"]);
        Assert.Equal(4, FileStatus.Of(file).Length);
    }

    [Fact]
    public void Reading_leaves_the_times_alone_to_the_nanosecond()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "four");
        var (accessed, modified) = (new FileMoment(5, 999_999_999), new FileMoment(1_000_000_000, 1));
        using (var file = PlainFile.Open(folder["file"], write: true))
        {
            FileMoment.Set(file, accessed, modified);
        }

        using (var file = PlainFile.Open(folder["file"]))
        {
            Assert.Equal(4, RandomAccess.Read(file, new byte[10], 0));
        }

        var status = FileStatus.Read(folder["file"])!;
        Assert.Equal((accessed, modified, 1u), (status.Accessed, status.Modified, status.Links));
        Assert.True(PlainFile.TryLink(folder["file"], folder["second"]));
        Assert.False(PlainFile.TryLink(folder["file"], folder["second"]));
        Assert.Equal(2u, FileStatus.Read(folder["file"])!.Links);
    }

    [Fact]
    public void The_holes_of_a_file_are_no_part_of_its_data()
    {
        using var folder = new TemporaryFolder();
        using var file = File.OpenHandle(folder["file"], FileMode.CreateNew, FileAccess.ReadWrite);
        Assert.Empty(PlainFile.Data(file));
        RandomAccess.SetLength(file, 16 << 20);
        Assert.Empty(PlainFile.Data(file));
        RandomAccess.Write(file, [1], 4 << 20);
        var range = Assert.Single(PlainFile.Data(file));
        Assert.InRange(4 << 20, range.Start, range.End - 1);
        Assert.InRange(range.Length, 1, 4 << 20);
    }

    [Fact]
    public async Task A_lease_is_had_only_while_nobody_else_has_the_file_open()
    {
        using var folder = new TemporaryFolder();
        using var file = File.OpenHandle(folder["file"], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        using (File.OpenHandle(folder["file"], share: FileShare.ReadWrite))
        {
            Assert.Null(WriteLease.TryTake(file));
        }

        Task<string> reading;
        using (var lease = WriteLease.TryTake(file))
        {
            Assert.NotNull(lease);
            reading = Task.Factory.StartNew(
                () => File.ReadAllText(folder["file"]),
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            RandomAccess.Write(file, "whole"u8, 0);
        }

        Assert.Equal("whole", await reading);
    }

    [Fact]
    public void What_is_not_there_is_told_from_what_cannot_be_seen()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "four");
        Assert.Null(FileStatus.Find(folder["nothing"]));
        Assert.Null(FileStatus.Find(folder["file/below"]));
        Assert.Throws<IOException>(() => FileStatus.Find("/" + new string('x', 300)));
    }
}
