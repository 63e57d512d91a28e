using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class SecretFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-secrets-");
    private readonly ProblemList problems = Json.NoProblems();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("hunter2", "\"hunter2\"")]
    [InlineData("hunter2\n", "\"hunter2\"")]
    [InlineData("hunter2\r\n", "\"hunter2\"")]
    [InlineData(" hunter2\n\n", "\" hunter2\\n\"")]
    [InlineData("", "\"\"")]
    public async Task The_text_of_a_file_without_its_last_line_break(string text, string expected)
    {
        await WriteAsync("token", text);

        Json.Same($$"""{"s":{"k":{{expected}} } }""", await ReadAsync("""{"type":"file","path":"token"}"""));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_member_of_a_JSON_file()
    {
        await WriteAsync("all.json", """{"db":{"user":"u","pin":4711}}""");

        Json.Same("""{"s":{"k":{"user":"u","pin":4711}}}""", await ReadAsync("""{"type":"file","path":"all.json","key":"db"}"""));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task A_path_may_be_absolute_or_begin_at_home()
    {
        await WriteAsync("token", "hunter2");

        Json.Same("""{"s":{"k":"hunter2"}}""", await ReadAsync("""{"type":"file","path":"~/token"}""", folder: "/nowhere"));
        Json.Same(
            """{"s":{"k":"hunter2"}}""", await ReadAsync($$"""{"type":"file","path":"{{folder.FullName}}/token"}""", folder: "/nowhere"));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("""{"type":"file"}""", "a file secret needs the path of a file under 'path'")]
    [InlineData("""{"type":"file","path":""}""", "a file secret needs the path of a file under 'path'")]
    [InlineData("""{"type":"file","path":"a\u0000b"}""", "a file secret needs the path of a file under 'path'")]
    [InlineData("""{"type":"file","path":"text","key":1}""", "the 'key' of a file secret must be a text")]
    [InlineData("""{"type":"file","path":"gone"}""", "cannot be read: Could not find file")]
    [InlineData("""{"type":"file","path":"gone/token"}""", "cannot be read: Could not find a part")]
    [InlineData("""{"type":"file","path":"."}""", "is a folder")]
    [InlineData("""{"type":"file","path":"bytes"}""", "is not UTF-8 text")]
    [InlineData("""{"type":"file","path":"large"}""", "is larger than 1 MiB")]
    [InlineData("""{"type":"file","path":"/dev/zero"}""", "is larger than 1 MiB")]
    [InlineData("""{"type":"file","path":"text","key":"k"}""", "is not JSON: line 1, byte 1")]
    [InlineData("""{"type":"file","path":"list","key":"k"}""", "is JSON without the key 'k'")]
    [InlineData("""{"type":"file","path":"map","key":"k"}""", "is JSON without the key 'k'")]
    public async Task What_cannot_be_read_is_told_without_the_content(string definition, string message)
    {
        await WriteAsync("text", "hunter2");
        await WriteAsync("list", "[\"hunter2\"]");
        await WriteAsync("map", "{\"hunter\":\"hunter2\"}");
        await WriteAsync("large", new string('x', 1024 * 1024 + 1));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "bytes"), [0xff, 0x41], TestContext.Current.CancellationToken);

        Json.Same("""{"s":{}}""", await ReadAsync(definition));
        var problem = Assert.Single(problems);
        Assert.Equal("/secrets/s/k", problem.Pointer);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);

    private ValueTask<System.Text.Json.Nodes.JsonObject> ReadAsync(string definition, string? folder = null)
    {
        var sources = new ValueSources
        {
            Folder = folder ?? this.folder.FullName,
            Environment = new EnvironmentVariables(new Dictionary<string, string> { ["HOME"] = this.folder.FullName }),
        };
        return new SecretsResolver(sources).ResolveAsync(
            Json.Map($$"""{"secrets":{"s":{"k":{{definition}} } } }"""), [], problems, TestContext.Current.CancellationToken);
    }
}
