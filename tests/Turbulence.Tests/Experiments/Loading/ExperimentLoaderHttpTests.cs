using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Tests.Activities.Http;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Behaviour document, section 1.3: the answer.</summary>
public sealed class ExperimentLoaderHttpTests
{
    private const string Json = """{"title": "t"}""";
    private const string Yaml = "title: t";
    private const string UnknownFormat = "only files with json, yaml or yml extensions are supported";

    [Fact]
    public async Task A_url_is_fetched_with_the_reference_s_header()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(Json));

        var result = await LoadAsync(server.Url("/x?token=secret#part").Replace("//", "//user:pass@", StringComparison.Ordinal));

        Assert.True(result.Succeeded);
        Assert.Equal("""{"title":"t"}""", result.Experiment.Document.ToJsonString());
        Assert.Equal($"http://{server.Netloc}/x", result.Experiment.DisplayName);
        Assert.Equal(Environment.CurrentDirectory, result.Experiment.BaseDirectory);
        Assert.StartsWith("GET /x?token=secret HTTP/1.1\r\n", server.Requests.Single(), StringComparison.Ordinal);
        Assert.Equal("application/json, application/x-yaml", server.Header(0, "Accept"));
        Assert.Equal("Basic dXNlcjpwYXNz", server.Header(0, "Authorization"));
    }

    [Theory]
    [InlineData("Content-Length: 2\r\n", "its Content-Length headers contradict each other")]
    [InlineData("Content-Length: -2\r\n", "its Content-Length '-2' is no length")]
    public async Task An_answer_whose_length_nobody_can_tell_is_refused(string header, string problem)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(Json, headers: header));

        Assert.Equal(
            $"Failed to fetch the experiment: the answer of {server.Netloc} cannot be used: {problem}", await ErrorAsync(server.Url("/x")));
    }

    [Theory]
    [InlineData("application/json", Json)]
    [InlineData("application/json; charset=utf-8", Json)]
    [InlineData("application/x-yaml", Yaml)]
    [InlineData("text/yaml; charset=utf-8", Yaml)]
    [InlineData("text/plain", Json)]
    [InlineData("text/plain", Yaml)]
    public async Task Both_modes_read_what_the_reference_reads(string contentType, string body)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(body, contentType));

        Assert.True((await LoadAsync(server.Url("/x"))).Succeeded);
        Assert.True((await LoadAsync(server.Url("/x"), Reference)).Succeeded);
    }

    [Theory]
    [InlineData("APPLICATION/JSON", "/x", Json)]
    [InlineData("application/vnd.chaos+json", "/x", Json)]
    [InlineData("application/yaml", "/x", Yaml)]
    [InlineData("application/vnd.chaos+yaml; v=1", "/x", Yaml)]
    [InlineData("application/octet-stream", "/x", Yaml)]
    [InlineData("application/octet-stream", "/x.json", Json)]
    [InlineData("text/x-anything", "/x.yaml?raw=1", Yaml)]
    [InlineData(null, "/x.yml", Yaml)]
    [InlineData(null, "/x", Json)]
    public async Task The_default_mode_understands_more_content_types(string? contentType, string path, string body)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(body, contentType));

        Assert.True((await LoadAsync(server.Url(path))).Succeeded);
        Assert.Equal(UnknownFormat, await ErrorAsync(server.Url(path), Reference));
    }

    [Theory]
    [InlineData("text/html", "/x.json", " (the server sent the content type 'text/html')")]
    [InlineData("image/png", "/x", " (the server sent the content type 'image/png')")]
    public async Task Another_content_type_is_refused(string contentType, string path, string detail)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(Json, contentType));

        Assert.Equal(UnknownFormat + detail, await ErrorAsync(server.Url(path)));
        Assert.Equal(UnknownFormat, await ErrorAsync(server.Url(path), Reference));
    }

    [Theory]
    [InlineData("{\"a\": ]", "Failed parsing JSON experiment: expected a value, found ']'")]
    [InlineData(
        "a: b: c",
        "Failed parsing YAML experiment: a second ': ' in one line: put a text that holds one in quotes, or check the indentation")]
    public async Task Plain_text_that_is_neither_is_told_by_what_it_begins_like(string body, string message)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(body, "text/plain"));

        Assert.Equal(message, await ErrorAsync(server.Url("/x")));
        Assert.Equal(UnknownFormat, await ErrorAsync(server.Url("/x"), Reference));
    }

    [Fact]
    public async Task A_status_other_than_200_is_a_problem_with_the_answer_s_text()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("no\nsuch \u001b[31mthing", "text/plain", "404 Not Found"));

        Assert.Equal("Failed to fetch the experiment: 404 Not Found: no such  [31mthing", await ErrorAsync(server.Url("/x")));
        Assert.Equal("Failed to fetch the experiment: no\nsuch \u001b[31mthing", await ErrorAsync(server.Url("/x"), Reference));
    }

    [Fact]
    public async Task A_refused_connection_is_a_problem()
    {
        using var refusing = new RefusingPort();

        Assert.Equal(
            $"Failed to fetch the experiment: 127.0.0.1:{refusing.Port}: Connection refused", await ErrorAsync($"{refusing.Url}/x.json"));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_broken_answer_is_a_problem(string answer)
    {
        await using var server = new LoopbackServer(_ => answer);

        Assert.StartsWith("Failed to fetch the experiment: ", await ErrorAsync(server.Url("/x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_more_bytes_than_allowed_is_not_read_to_its_end()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer(Json + new string(' ', 100_000)));

        Assert.Equal(
            "Failed to fetch the experiment: the answer is larger than 50000 bytes, the most that is read",
            await ErrorAsync(server.Url("/x"), new LoadOptions { MaximumSize = 50_000, Environment = _ => null }));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_thirty_seconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(_ =>
        {
            asked.SetResult();
            return null;
        });
        var time = new FakeTimeProvider();

        var loading = new ExperimentLoader(time).LoadAsync(server.Url("/x"), Default, TestContext.Current.CancellationToken);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(loading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var problem = Assert.Single((await loading).Problems);
        Assert.Equal($"Failed to fetch the experiment: no whole answer from {server.Netloc} within 30 seconds", problem.Message);
    }

    [Fact]
    public async Task The_caller_s_cancellation_is_not_a_problem_of_the_source()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new LoopbackServer(_ =>
        {
            cancellation.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ExperimentLoader(TimeProvider.System).LoadAsync(server.Url("/x"), Default, cancellation.Token));
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Redirects_are_followed(string status)
    {
        await using var server = new LoopbackServer(path => path == "/a/x"
            ? LoopbackServer.Redirect("../y.yaml", status)
            : LoopbackServer.Answer(Yaml, null));

        var result = await LoadAsync(server.Url("/a/x"));

        Assert.True(result.Succeeded);
        Assert.Equal(server.Url("/a/x"), result.DisplayName);
        Assert.StartsWith("GET /y.yaml ", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_end_after_thirty()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Redirect("/again"));

        Assert.Equal("Failed to fetch the experiment: more than 30 redirects", await ErrorAsync(server.Url("/x")));
        Assert.Equal(31, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_another_scheme_is_refused()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Redirect("file:///etc/passwd"));

        Assert.Equal("'file' is not a supported source scheme.", await ErrorAsync(server.Url("/x")));
    }

    private static LoadOptions Default { get; } = new() { Environment = _ => null };

    private static LoadOptions Reference { get; } = Default with { Compatibility = Compatibility.ChaosToolkit };

    private static Task<LoadResult> LoadAsync(string source, LoadOptions? options = null) =>
        new ExperimentLoader(TimeProvider.System).LoadAsync(source, options ?? Default, TestContext.Current.CancellationToken);

    private static async Task<string> ErrorAsync(string source, LoadOptions? options = null)
    {
        var result = await LoadAsync(source, options);
        Assert.False(result.Succeeded);
        return Assert.Single(result.Problems).Message;
    }
}
