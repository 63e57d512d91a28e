using Turbulence.Platform.Files;

namespace Turbulence.Platform.Tests.Files;

public sealed class FileStatusTests
{
    [Fact]
    public void A_file_and_a_link_to_it_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "four");
        File.CreateSymbolicLink(folder["link"], folder["file"]);
        var file = FileStatus.Read(folder["file"])!;
        Assert.Equal((FileNodeType.File, 4L, false, false), (file.Type, file.Length, file.IsImmutable, file.IsMount));
        Assert.Equal(FileNodeType.Link, FileStatus.Read(folder["link"])!.Type);
        Assert.Equal(file, FileStatus.Read(folder["link"], follow: true));
        Assert.Equal(FileNodeType.Folder, FileStatus.Read(folder.Path)!.Type);
        Assert.Null(FileStatus.Read(folder["nothing"]));
        Assert.True(FileStatus.Read("/proc") is { IsMount: true });
    }

    [Fact]
    public void A_folder_is_flushed_and_one_that_is_not_there_is_an_error()
    {
        using var folder = new TemporaryFolder();
        FolderFlush.Flush(folder.Path);
        Assert.Throws<IOException>(() => FolderFlush.Flush(folder["nothing"]));
    }
}
