using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ExecutableSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ExecutableSearchTests()
    {
        Directory.CreateDirectory(folder["one/directory"]);
        Directory.CreateDirectory(folder["two"]);
        folder.WriteProgram("one/plain", "", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        folder.WriteProgram("two/plain", "#!/bin/sh\n");
        folder.WriteProgram("two/directory", "#!/bin/sh\n");
        folder.WriteProgram("here", "#!/bin/sh\n");
    }

    private string SearchPath => $"{folder["none"]}:{folder["one"]}:{folder["two"]}";

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("directory")]
    public void The_first_executable_file_is_taken(string name) =>
        Assert.Equal(folder[$"two/{name}"], ExecutableSearch.Find(name, SearchPath));

    [Theory]
    [InlineData("")]
    [InlineData("nowhere")]
    [InlineData("pla\0in")]
    [InlineData("here")]
    [InlineData("../here")]
    public void What_is_not_there_is_null(string name) => Assert.Null(ExecutableSearch.Find(name, SearchPath));

    [Fact]
    public void A_name_with_a_directory_is_only_checked()
    {
        Assert.Equal(folder["here"], ExecutableSearch.Find(folder["here"], ""));
        Assert.Null(ExecutableSearch.Find(folder["one/plain"], SearchPath));
        Assert.Null(ExecutableSearch.Find(folder.Path, SearchPath));
        Assert.Null(ExecutableSearch.Find("/", SearchPath));
        Assert.Equal("./here", ExecutableSearch.Find("./here", "", folder.Path));
        Assert.Equal("one/../here", ExecutableSearch.Find("one/../here", "", folder.Path));
        Assert.Null(ExecutableSearch.Find("./here", "", folder["one"]));
    }

    [Fact]
    public void Relative_and_empty_directories_start_at_the_working_directory()
    {
        Assert.Equal("two/plain", ExecutableSearch.Find("plain", "one:two", folder.Path));
        Assert.Equal("./here", ExecutableSearch.Find("here", "one:", folder.Path));
        Assert.Null(ExecutableSearch.Find("here", "", folder.Path));
    }

    [Fact]
    public void Our_own_path_is_the_default() => Assert.EndsWith("/sh", ExecutableSearch.Find("sh"), StringComparison.Ordinal);
}
