using Turbulence.Activities;

namespace Turbulence.Tests.Activities;

/// <summary>The files beside a journal.</summary>
public sealed class SideFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SideFiles files;

    public SideFilesTests() => files = new SideFiles(Place);

    private string Place => folder["journal.json.d"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_its_owners_alone_and_so_is_its_folder()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no file modes");
        Write("samples", "x");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Place, "7-samples")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Place));
        }
    }

    [Fact]
    public void A_link_that_somebody_planted_under_the_name_is_replaced_and_not_followed()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows lets few people make links");
        File.WriteAllText(folder["victim"], "mine");
        Write("other", "x");
        File.CreateSymbolicLink(Path.Combine(Place, "7-samples"), folder["victim"]);
        Write("samples", "theirs");
        Assert.Equal("mine", File.ReadAllText(folder["victim"]));
        Assert.Null(new FileInfo(Path.Combine(Place, "7-samples")).LinkTarget);
        Assert.Equal("theirs", File.ReadAllText(Path.Combine(Place, "7-samples")));
    }

    [Fact]
    public void A_link_that_somebody_planted_in_place_of_the_folder_is_refused()
    {
        Needs.That(OperatingSystem.IsLinux(), "who owns a file is known on Linux");
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.CreateSymbolicLink(Place, folder["elsewhere"]);
        Assert.Contains("is a link", Assert.Throws<IOException>(() => files.Open(7, "samples")).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder["elsewhere"]));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told()
    {
        File.WriteAllText(Place, "kept");
        Assert.EndsWith(
            "journal.json.d is a file", Assert.Throws<IOException>(() => files.Open(7, "samples")).Message, StringComparison.Ordinal);
        Assert.Null(files.ForgetOfRun("of-run"));
        Assert.Equal("kept", File.ReadAllText(Place));
    }

    [Fact]
    public void A_folder_that_others_may_write_to_is_refused()
    {
        Needs.That(OperatingSystem.IsLinux(), "who owns a file is known on Linux");
        Directory.CreateDirectory(Place);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(Place, (UnixFileMode)0b111_111_111);
        }

        Assert.Throws<IOException>(() => files.Open(7, "samples"));
    }

    [Fact]
    public void What_stays_empty_is_removed_and_with_the_last_the_folder()
    {
        using (var first = files.Open(1, "a"))
        {
            Assert.True(File.Exists(Path.Combine(Place, "1-a")));
            files.Open(2, "b").Dispose();
            Assert.False(File.Exists(Path.Combine(Place, "2-b")));
            Assert.True(Directory.Exists(Place));
        }

        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public void An_attempt_that_is_made_again_begins_anew()
    {
        Write("samples", "first, and longer");
        Write("samples", "second");
        Assert.Equal("second", File.ReadAllText(Path.Combine(Place, "7-samples")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ü")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => files.Open(7, name));
        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public void What_an_earlier_run_has_left_of_itself_is_forgotten()
    {
        Assert.Null(files.ForgetOfRun("of-run"));
        files.MakeOfRun("of-run");
        Assert.Null(files.ForgetOfRun("of-run"));
        Assert.False(Directory.Exists(Place));

        files.MakeOfRun("other");
        File.WriteAllText(folder["victim"], "kept");
        File.CreateSymbolicLink(Path.Combine(Place, "of-run"), folder["victim"]);
        Assert.Null(files.ForgetOfRun("of-run"));
        Assert.Equal(["other"], Directory.GetFileSystemEntries(Place).Select(Path.GetFileName));
        Assert.Equal("kept", File.ReadAllText(folder["victim"]));
    }

    [Fact]
    public void A_folder_under_its_name_is_left_alone_and_told()
    {
        Directory.CreateDirectory(Path.Combine(Place, "of-run"));
        Directory.CreateDirectory(Path.Combine(Place, "7-a"));

        Assert.Matches(
            "^journal.json.d/of-run is none of this run, and cannot be removed: .*of-run is a folder$", files.ForgetOfRun("of-run"));
        Assert.EndsWith(
            "of-run is a folder", Assert.Throws<IOException>(() => files.MakeOfRun("of-run")).Message, StringComparison.Ordinal);
        Assert.EndsWith("7-a is a folder", Assert.Throws<IOException>(() => files.Open(7, "a")).Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(Place).Length);
    }

    [Fact]
    public void Without_a_journal_nothing_is_kept_and_nothing_is_named()
    {
        using var file = SideFiles.None.Open(7, "samples");
        file.Write("x"u8);
        Assert.Null(file.Name);
    }

    private void Write(string name, string text)
    {
        using var file = files.Open(7, name);
        using var writer = new StreamWriter(file);
        writer.Write(text);
    }
}
