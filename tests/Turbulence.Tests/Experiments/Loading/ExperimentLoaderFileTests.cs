using System.Diagnostics;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Behaviour document, sections 1.1 and 1.2.</summary>
public sealed class ExperimentLoaderFileTests : IDisposable
{
    private const string UnknownFormat = "only files with json, yaml or yml extensions are supported";
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("e.json", """{"title": "t"}""")]
    [InlineData("e.yaml", "title: t")]
    [InlineData("e.yml", "title: t")]
    [InlineData("two.dots.json", """{"title": "t"}""")]
    public async Task A_file_is_read_by_its_extension(string name, string text)
    {
        var path = folder.Write(name, text);

        var result = await LoadAsync(path);

        Assert.True(result.Succeeded);
        Assert.Empty(result.Problems);
        Assert.Equal("""{"title":"t"}""", result.Experiment.Document.ToJsonString());
        Assert.Same(result.Experiment.Document, result.Experiment.Map.Root);
        Assert.Equal((folder.Path, path, path), (result.Experiment.BaseDirectory, result.Experiment.DisplayName, result.DisplayName));
    }

    [Theory]
    [InlineData("e.JSON")]
    [InlineData("e.Yaml")]
    [InlineData("e.txt")]
    [InlineData("e")]
    [InlineData(".json")]
    [InlineData("json")]
    public async Task Another_extension_is_refused(string name) =>
        Assert.Equal(UnknownFormat, await ErrorAsync(folder.Write(name, "{}")));

    [Fact]
    public async Task A_path_at_which_nothing_is_does_not_exist()
    {
        var path = Path.Combine(folder.Path, "missing.json");

        Assert.Equal($"Path \"{path}\" does not exist.", await ErrorAsync(path));
        Assert.Equal("Path \"\" does not exist.", await ErrorAsync(""));
        Assert.Equal("Path \"a\0b\" does not exist.", await ErrorAsync("a\0b"));
    }

    [Theory]
    [InlineData("file:///tmp/x.json", "file")]
    [InlineData("FTP://host/x.json", "ftp")]
    [InlineData("C:\\x.json", "c")]
    [InlineData("localhost:8080/x.json", "localhost")]
    [InlineData("git+ssh://x/y.json", "git+ssh")]
    public async Task A_scheme_other_than_http_is_refused(string source, string scheme) =>
        Assert.Equal($"'{scheme}' is not a supported source scheme.", await ErrorAsync(source));

    [Theory]
    [InlineData("http://")]
    [InlineData("https:///x.json")]
    [InlineData("http://[::1/x.json")]
    public async Task A_url_that_is_none_is_refused(string source) =>
        Assert.Equal("the source is not a valid URL", await ErrorAsync(source));

    [Fact]
    public async Task A_path_that_looks_like_a_url_is_a_path_where_it_exists()
    {
        var path = folder.Write("http:x.json", "{}");

        Assert.True((await LoadAsync(path)).Succeeded);
    }

    [Fact]
    public async Task A_directory_is_refused()
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, "d.json")).FullName;

        Assert.Equal($"Path \"{path}\" is a directory; an experiment is a file.", await ErrorAsync(path));
    }

    [Theory]
    [InlineData("e.json", "")]
    [InlineData("e.yaml", "")]
    public async Task An_empty_file_is_no_experiment(string name, string text)
    {
        var path = folder.Write(name, text);

        Assert.Equal(
            $"an empty experiment is not an experiment: \"{path}\" holds nothing (pipes and devices are not read)", await ErrorAsync(path));
        Assert.Equal(
            "an empty experiment is not an experiment",
            await ErrorAsync(path, new LoadOptions { Compatibility = Compatibility.ChaosToolkit }));
    }

    [Theory]
    [InlineData("e.json", "null", "an empty experiment is not an experiment")]
    [InlineData("e.json", "[]", "an empty experiment is not an experiment")]
    [InlineData("e.json", "false", "an empty experiment is not an experiment")]
    [InlineData("e.json", "\"\"", "an empty experiment is not an experiment")]
    [InlineData("e.yaml", "# nothing\n", "an empty experiment is not an experiment")]
    [InlineData("e.json", "[{}]", "an experiment is an object, not a list")]
    [InlineData("e.yaml", "title", "an experiment is an object, not a text")]
    [InlineData("e.json", "12", "an experiment is an object, not a number")]
    [InlineData("e.json", "true", "an experiment is an object, not a boolean")]
    public async Task What_is_not_an_object_is_no_experiment(string name, string text, string message) =>
        Assert.Equal(message, await ErrorAsync(folder.Write(name, text)));

    [Fact]
    public async Task A_mistake_in_a_file_names_the_notation_and_the_place()
    {
        var json = await LoadAsync(folder.Write("e.json", "{\n \"title\": }"));
        var yaml = await LoadAsync(folder.Write("e.yaml", "title: a\n b: c"));

        Assert.Equal(
            new Problem("/title", new SourcePosition(2, 11), "Failed parsing JSON experiment: expected a value, found '}'"),
            Assert.Single(json.Problems));
        Assert.StartsWith("Failed parsing YAML experiment: ", Assert.Single(yaml.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(2, yaml.Problems[0].Position!.Value.Line);
    }

    [Fact]
    public async Task Warnings_come_with_the_experiment()
    {
        var result = await LoadAsync(folder.Write("e.yaml", "title: t\non: 1\n"));

        Assert.True(result.Succeeded);
        Assert.Equal(new SourcePosition(2, 1), Assert.Single(result.Problems).Position);
    }

    [Fact]
    public async Task A_file_of_more_bytes_than_allowed_is_not_read()
    {
        var path = folder.Write("e.json", new string(' ', 100) + "{}");

        Assert.Equal(
            $"Path \"{path}\" is larger than 101 bytes, the most that is read",
            await ErrorAsync(path, new LoadOptions { MaximumSize = 101 }));
        Assert.True((await LoadAsync(path, new LoadOptions { MaximumSize = 102 })).Succeeded);
    }

    [Fact]
    public async Task A_sparse_file_of_a_terabyte_is_refused_at_once()
    {
        var path = Path.Combine(folder.Path, "e.json");
        await using (var file = File.Create(path))
        {
            file.SetLength(1L << 40);
        }

        Assert.Equal($"Path \"{path}\" is larger than 67108864 bytes, the most that is read", await ErrorAsync(path));
    }

    [Fact]
    public async Task A_pipe_and_a_device_are_not_opened()
    {
        Needs.That(OperatingSystem.IsLinux(), "needs mkfifo and /dev/zero");
        var pipe = Path.Combine(folder.Path, "pipe.json");
        using (var maker = Process.Start("mkfifo", [pipe]))
        {
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.json"), pipe);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "zero.json"), "/dev/zero");
        foreach (var name in new[] { "pipe.json", "link.json", "zero.json" })
        {
            Assert.EndsWith(
                "holds nothing (pipes and devices are not read)",
                await ErrorAsync(Path.Combine(folder.Path, name)),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_is_followed_to_its_end()
    {
        var target = folder.Write("target.json", """{"title": "a title that is longer than the link's own length"}""");
        var link = Path.Combine(folder.Path, "link.json");
        File.CreateSymbolicLink(link, target);
        var broken = Path.Combine(folder.Path, "broken.json");
        File.CreateSymbolicLink(broken, "nothing");
        var circle = Path.Combine(folder.Path, "circle.json");
        File.CreateSymbolicLink(circle, "circle.json");

        Assert.True((await LoadAsync(link)).Succeeded);
        Assert.Equal($"Path \"{broken}\" does not exist.", await ErrorAsync(broken));
        Assert.Equal($"Path \"{circle}\" does not exist.", await ErrorAsync(circle));
    }

    [Fact]
    public async Task A_file_without_permission_is_one_problem()
    {
        Needs.That(!OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess, "permissions do not bind this user");
        var path = folder.Write("e.json", "{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Assert.StartsWith($"Path \"{path}\" can not be read: ", await ErrorAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_one_problem()
    {
        byte[] bytes = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0xFE];

        Assert.Equal(
            "Failed parsing JSON experiment: the byte 0xFE is not UTF-8 text; save the file as UTF-8",
            await ErrorAsync(folder.Write("e.json", bytes)));
        Assert.Equal(
            "Failed parsing YAML experiment: the byte 0xFE is not UTF-8 text; save the file as UTF-8",
            await ErrorAsync(folder.Write("e.yaml", bytes)));
    }

    [Fact]
    public async Task A_cancelled_load_ends_with_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExperimentLoader(TimeProvider.System)
            .LoadAsync(folder.Write("e.json", "{}"), new LoadOptions(), new CancellationToken(canceled: true)));

    public void Dispose() => folder.Dispose();

    private static Task<LoadResult> LoadAsync(string source, LoadOptions? options = null) =>
        new ExperimentLoader(TimeProvider.System).LoadAsync(source, options ?? new LoadOptions(), TestContext.Current.CancellationToken);

    private static async Task<string> ErrorAsync(string source, LoadOptions? options = null)
    {
        var result = await LoadAsync(source, options);
        Assert.False(result.Succeeded);
        return Assert.Single(result.Problems).Message;
    }
}
