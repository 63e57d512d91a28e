using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Tests.Processes;

namespace Turbulence.Platform.Tests.Files;

/// <summary>What stands at the place of an output decides how it is written, and nothing of others is replaced.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    public OutputFileTests() => Needs.That(OperatingSystem.IsLinux(), "only on Linux is what is there looked at");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_regular_file_of_one_name_is_replaced_as_a_whole()
    {
        File.WriteAllText(folder["a"], "old");
        var before = FileStatus.Read(folder["a"])!.Node;
        Write(folder["a"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.NotEqual(before, FileStatus.Read(folder["a"])!.Node);
        Assert.Equal([folder["a"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(false, true, Private | UnixFileMode.GroupRead)]
    [InlineData(true, false, Private)]
    public void It_has_the_mode_of_the_file_that_was_there_or_is_its_owners_alone(bool isPrivate, bool keepsMode, UnixFileMode expected)
    {
        folder.WriteProgram("a", "old", Private | UnixFileMode.GroupRead);
        using var output = new OutputFile(folder["a"]) { IsPrivate = isPrivate, KeepsMode = keepsMode };
        output.Write(Text("new"));
        Assert.Equal(expected, FileStatus.Read(folder["a"])!.Mode);
    }

    [Fact]
    public void A_link_is_followed_from_where_it_really_stands_and_stays_a_link()
    {
        Directory.CreateDirectory(folder["real/inner"]);
        File.CreateSymbolicLink(folder["real/inner/link"], "../target");
        Directory.CreateSymbolicLink(folder["short"], folder["real/inner"]);
        Write(folder["short/link"], "first");
        Write(folder["short/link"], "second");
        Assert.Equal("second", File.ReadAllText(folder["real/target"]));
        Assert.Equal("../target", new FileInfo(folder["real/inner/link"]).LinkTarget);
        Assert.False(File.Exists(folder["target"]));
    }

    [Fact]
    public void Links_in_a_circle_are_an_error()
    {
        File.CreateSymbolicLink(folder["a"], folder["b"]);
        File.CreateSymbolicLink(folder["b"], folder["a"]);
        Assert.Throws<IOException>(() => new OutputFile(folder["a"]));
    }

    [Fact]
    public async Task A_file_of_several_names_stays_that_file_under_each()
    {
        File.WriteAllText(folder["a"], "something longer");
        await Children.RunAsync(Children.Script("ln \"$1\" \"$2\"", folder["a"], folder["b"]));
        Write(folder["a"], "new");
        Assert.Equal("new", File.ReadAllText(folder["b"]));
        Assert.Equal(2u, FileStatus.Read(folder["a"])!.Links);
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        await MakePipeAsync();
        await using var reader = Children.Start(Children.Script("cat \"$1\"", folder["pipe"]));
        using (var writing = await UntilReadAsync())
        {
            writing.Write(Text("through"));
        }

        var output = await reader.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal("through", output.StandardOutput.Text());
        Assert.Equal(FileNodeType.Pipe, FileStatus.Read(folder["pipe"])!.Type);
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_is_an_error_and_no_wait()
    {
        await MakePipeAsync();
        using var output = new OutputFile(folder["pipe"]);
        Assert.Contains("nobody reads", Assert.Throws<IOException>(output.Prepare).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => OutputFile.OpenAppend(folder["pipe"]));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    [InlineData("/proc/self/fd/2")]
    public void Devices_and_open_files_are_streams(string path) => Assert.Equal(OutputKind.Stream, OutputPlace.Of(path).Kind);

    [Fact]
    public void A_link_to_a_device_leads_to_the_device()
    {
        File.CreateSymbolicLink(folder["full"], "/dev/full");
        using var output = new OutputFile(folder["full"]);
        Assert.Equal(("/dev/full", OutputKind.Stream), (output.Place.Path, output.Place.Kind));
        output.Prepare();
        Assert.Throws<IOException>(() => output.Write(Text("x")));
    }

    [Fact]
    public void An_open_file_is_written_where_it_stands()
    {
        // What is written before, through the path, and after comes out in this order: the place in the file is shared.
        using var open = new FileStream(
            folder["out"], new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        var path = $"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}";
        using (var first = OutputFile.OpenAppend(path))
        {
            first.Write("one "u8);
        }

        Write(path, "two ");
        Write(path, "three");
        Assert.Equal("one two three", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void Nothing_stays_beside_it_when_it_cannot_be_written_and_the_old_one_is_as_it_was()
    {
        File.WriteAllText(folder["a"], "old");
        using var output = new OutputFile(folder["a"]);
        Assert.Throws<IOException>(() => output.Write(static _ => throw new IOException("No space left on device")));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task What_a_killed_process_left_unfinished_is_removed_and_what_a_living_one_writes_is_not()
    {
        int dead;
        await using (var process = Children.Start(new ProcessStartOptions { FileName = "/bin/true" }))
        {
            dead = process.Id;
            await process.Exited;
        }

        folder.WriteProgram($".a.{dead}-0.partial", "half", Private);
        folder.WriteProgram($".a.{Environment.ProcessId}-0.partial", "half", Private);
        folder.WriteProgram($".b.{dead}-0.partial", "half", Private);
        using var output = new OutputFile(folder["a"]);
        output.Prepare();
        Assert.Equal(
            [folder[$".a.{Environment.ProcessId}-0.partial"], folder[$".b.{dead}-0.partial"]],
            Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_of_the_greatest_length_can_be_written()
    {
        var name = new string('n', 255);
        Write(folder[name], "new");
        Assert.Equal("new", File.ReadAllText(folder[name]));
    }

    [Fact]
    public void What_is_added_to_goes_on_at_its_end_through_a_link_as_well()
    {
        File.WriteAllText(folder["log"], "one ");
        File.CreateSymbolicLink(folder["link"], "log");
        using (var first = OutputFile.OpenAppend(folder["log"]))
        using (var second = OutputFile.OpenAppend(folder["link"]))
        {
            first.Write("two "u8);
            second.Write("three "u8);
            first.Write("four"u8);
        }

        Assert.Equal("one two three four", File.ReadAllText(folder["log"]));
    }

    private static void Write(string path, string text)
    {
        using var output = new OutputFile(path);
        output.Prepare();
        output.Write(Text(text));
    }

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private async Task MakePipeAsync() => await Children.RunAsync(Children.Script("mkfifo \"$1\"", folder["pipe"]));

    private async Task<OutputFile> UntilReadAsync()
    {
        using var deadline = new CancellationTokenSource(Children.Deadline, TimeProvider.System);
        while (true)
        {
            var output = new OutputFile(folder["pipe"]);
            try
            {
                output.Prepare();
                return output;
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, deadline.Token);
            }
        }
    }
}
