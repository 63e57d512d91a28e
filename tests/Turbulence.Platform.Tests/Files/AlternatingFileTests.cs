using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Platform.Tests.Processes;

namespace Turbulence.Platform.Tests.Files;

/// <summary>A document that grows is whole under its name at any moment, and only what changed is written.</summary>
public sealed class AlternatingFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    public AlternatingFileTests() => Needs.That(OperatingSystem.IsLinux(), "only Linux lets two files take each other's place");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void From_the_third_time_on_only_what_changed_since_the_last_but_one_is_written()
    {
        using var output = new OutputFile(folder["a"]) { IsPrivate = true, KeepsMode = false };
        using var file = new AlternatingFile(output);
        long[] written = [
            Write(file, "[1]", 0), Write(file, "[1,2]", 2), Write(file, "[1,2,3]", 4), Write(file, "[1,2,3,4]", 6), Write(file, "[1]", 2),
        ];
        Assert.Equal([3, 5, 5, 5, 1], written);
        Assert.Equal("[1]", File.ReadAllText(folder["a"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
        Assert.All(Directory.GetFiles(folder.Path), path => Assert.Equal(Private, FileStatus.Read(path)!.Mode));
        file.Dispose();
        Assert.Equal([folder["a"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_somebody_reads_stays_as_it_is()
    {
        using var output = new OutputFile(folder["a"]);
        using var file = new AlternatingFile(output);
        Write(file, "[1]", 0);
        using var reader = new StreamReader(folder["a"]);
        Write(file, "[1,2]", 0);
        Assert.Equal(7, Write(file, "[1,2,3]", 0));
        Assert.Equal("[1]", reader.ReadToEnd());
        Assert.Equal("[1,2,3]", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void What_others_did_to_either_of_the_two_costs_nothing_but_writing_it_as_a_whole()
    {
        using var output = new OutputFile(folder["a"]);
        using var file = new AlternatingFile(output);
        Write(file, "[1]", 0);
        Write(file, "[1,2]", 2);
        File.Delete(folder["a"]);
        Write(file, "[1,2,3]", 4);
        Assert.Equal("[1,2,3]", File.ReadAllText(folder["a"]));
        Write(file, "[1,2,3,4]", 6);
        File.Delete(Directory.GetFiles(folder.Path).Single(path => path != folder["a"]));
        Assert.Equal(11, Write(file, "[1,2,3,4,5]", 8));
        Assert.Equal("[1,2,3,4,5]", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public async Task A_file_that_got_another_name_stays_that_file()
    {
        using var output = new OutputFile(folder["a"]);
        using var file = new AlternatingFile(output);
        Write(file, "[1]", 0);
        Write(file, "[1,2]", 2);
        await Children.RunAsync(Children.Script($"ln '{folder["a"]}' '{folder["b"]}'"));
        Assert.Equal(7, Write(file, "[1,2,3]", 4));
        Assert.Equal(("[1,2,3]", "[1,2,3]"), (File.ReadAllText(folder["a"]), File.ReadAllText(folder["b"])));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void What_cannot_be_written_leaves_what_is_there_and_nothing_beside_it()
    {
        using var output = new OutputFile(folder["a"]);
        using var file = new AlternatingFile(output);
        Write(file, "[1]", 0);
        Assert.Throws<IOException>(() => file.Write((stream, _) =>
        {
            stream.Write("half"u8);
            throw new IOException("the disk is full");
        }));
        Assert.Equal("[1]", File.ReadAllText(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFileSystemEntries(folder.Path));
        Write(file, "[1,2]", 2);
        Assert.Equal("[1,2]", File.ReadAllText(folder["a"]));
    }

    private static long Write(AlternatingFile file, string content, long changed)
    {
        long written = 0;
        file.Change(changed);
        file.Write((stream, from) =>
        {
            written = content.Length - from;
            stream.Write(Encoding.UTF8.GetBytes(content[(int)from..]));
        });
        return written;
    }
}
