using System.Net;

namespace RandomNumbers.Tests.RequireRand;

public sealed class IndexServiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_number_comes_with_the_name_of_the_server_that_drew_it()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url]);
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches($@"^response from service: primary \({server.Port}\): ([0-9]|10)$", await TextOfAsync(response));
    }

    [Theory]
    [InlineData("abc", "'abc' is not a number")]
    [GateData("-1", "'-1'")]
    [GateData("0", "'0'")]
    [GateData("1.5", "whole number")]
    [GateData("9223372036854775808", "at most")]
    [GateData("%22%2C%22content%22%3A%221", "is not a number")]
    [GateData("%F0%9F%8E%B2", "is not a number")]
    [GateData("%2F", "is not a number")]
    public async Task The_rand_servers_reason_is_passed_on(string payload, string reason)
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await using var other = ScriptedServer.Silent();
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url, other.Url]);
        using var response = await entrance.GetAsync("/index/" + payload);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(reason, await TextOfAsync(response), StringComparison.Ordinal);
        Assert.Equal(0, other.Connections);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [GateData("GET", "/index/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/index/1/2", HttpStatusCode.NotFound)]
    [GateData("POST", "/index/10", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/health", HttpStatusCode.MethodNotAllowed)]
    [GateData("GET", "/health", HttpStatusCode.OK)]
    public async Task Other_requests_get_a_clear_answer(string method, string path, HttpStatusCode status)
    {
        await using var entrance = await RunningService.RequireRandAsync(folder, ["http://localhost:1"]);
        using var response = await entrance.SendAsync(new HttpMethod(method), path);
        Assert.Equal(status, response.StatusCode);
        Assert.NotEqual("", await TextOfAsync(response));
    }

    [Fact]
    public async Task The_longest_payload_that_a_request_line_holds_is_refused_and_the_service_lives_on()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url]);
        using var refused = await entrance.GetAsync("/index/" + new string('<', 2_600));
        using var tooLong = await entrance.GetAsync("/index/" + new string('1', 20_000));
        using var good = await entrance.GetAsync("/index/1");
        Assert.Equal([
            HttpStatusCode.BadRequest, HttpStatusCode.RequestUriTooLong, HttpStatusCode.OK,
        ], [refused.StatusCode, tooLong.StatusCode, good.StatusCode]);
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_answered()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url]);
        var texts = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            using var response = await entrance.GetAsync("/index/10");
            return await TextOfAsync(response);
        }));
        Assert.All(texts, text => Assert.StartsWith("response from service: primary ", text, StringComparison.Ordinal));
    }

    private static Task<string> TextOfAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Deadline.Token);
}
