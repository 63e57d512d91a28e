using Turbulence.Platform.Files;

namespace Turbulence.Platform.Tests.Files;

/// <summary>What nobody but us can change.</summary>
public sealed class FileOwnershipTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(Private, true)]
    [InlineData(Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead, true)]
    [InlineData(Private | UnixFileMode.GroupWrite, false)]
    [InlineData(Private | UnixFileMode.OtherWrite, false)]
    public void A_file_is_ours_while_others_may_not_write_to_it(UnixFileMode mode, bool expected)
    {
        using var folder = new TemporaryFolder();
        folder.WriteProgram("file", "", mode);

        Assert.Equal(expected, FileOwnership.IsOursAlone(folder["file"]));
    }

    [Fact]
    public void A_folder_of_ours_is_ours_and_a_link_or_nothing_is_not()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["link"], folder.Path);

        Assert.True(FileOwnership.IsOursAlone(folder.Path));
        Assert.False(FileOwnership.IsOursAlone(folder["link"]));
        Assert.False(FileOwnership.IsOursAlone(folder["nothing"]));
    }

    [Fact]
    public void A_folder_that_everybody_writes_to_is_not_ours()
    {
        Assert.False(FileOwnership.IsOursAlone("/tmp"));
    }
}
