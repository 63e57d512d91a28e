using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RandomNumbers.Tests.RandServer;

public sealed class DrawServiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"content": 10}""", 10)]
    [InlineData("""{"content": "10"}""", 10)]
    [InlineData("""{"content": 9223372036854775807}""", long.MaxValue)]
    public async Task A_number_is_drawn_and_the_server_named(string body, long limit)
    {
        await using var server = await RunningService.RandServerAsync(folder);
        using var response = await server.PostAsync(body);
        var answer = await JsonOfAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"primary ({server.Port})", (string?)answer["server"]);
        Assert.InRange(long.Parse((string)answer["content"]!, null), 0, limit);
        Assert.Equal(2, answer.Count);
    }

    [Fact]
    public async Task Bad_requests_are_refused_and_the_service_lives_on()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        foreach (var body in (string[])[
            "", "{", "[]", "{}", """{"content": 0}""", """{"content": -1}""", """{"content": 0.5}""", """{"content": "x"}""",
        ])
        {
            await AssertRefusedAsync(server, HttpStatusCode.BadRequest, await server.PostAsync(body));
        }

        await AssertRefusedAsync(server, HttpStatusCode.BadRequest, await server.PostAsync([0, 255, 1, 254]));
        await AssertRefusedAsync(server, HttpStatusCode.MethodNotAllowed, await server.GetAsync("/"));
        await AssertRefusedAsync(server, HttpStatusCode.MethodNotAllowed, await server.SendAsync(HttpMethod.Delete, "/"));
        await AssertRefusedAsync(server, HttpStatusCode.NotFound, await server.GetAsync("/index/10"));
        await AssertRefusedAsync(
            server, HttpStatusCode.RequestEntityTooLarge, await server.PostAsync($$"""{"content": "{{new string('1', 65 * 1024)}}"}"""));
        using var health = await server.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_body_in_chunks_is_limited_too()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        var answer = await SayAsync(
            server,
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" + new string('1', 0x20000) + "\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\":", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\u0001garbage\u00ff\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 ")]
    public async Task Garbage_on_the_port_is_answered_and_the_service_lives_on(string garbage, string answer)
    {
        await using var server = await RunningService.RandServerAsync(folder);
        Assert.StartsWith(answer, await SayAsync(server, garbage), StringComparison.Ordinal);
        using var response = await server.PostAsync("""{"content": 10}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Only_the_loopback_interface_is_listened_on()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        var others = NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(
            unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        foreach (var address in others)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(address, server.Port, Deadline.Token));
        }

        Assert.StartsWith("http://localhost:", server.Url, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(RunningService server, HttpStatusCode status, HttpResponseMessage response)
    {
        using (response)
        {
            var answer = await JsonOfAsync(response);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal($"primary ({server.Port})", (string?)answer["server"]);
            Assert.NotEqual("", (string?)answer["error"]);
            Assert.Equal(2, answer.Count);
        }
    }

    private static async Task<JsonObject> JsonOfAsync(HttpResponseMessage response) =>
        Assert.IsType<JsonObject>(JsonNode.Parse(await response.Content.ReadAsStringAsync(Deadline.Token)));

    private static async Task<string> SayAsync(RunningService server, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Deadline.Token);
        var sending = client.Client.SendAsync(System.Text.Encoding.Latin1.GetBytes(text), Deadline.Token);
        var answer = new byte[4096];
        var length = await client.Client.ReceiveAsync(answer, Deadline.Token);
        try
        {
            await sending;
        }
        catch (SocketException)
        {
            // The server answered and closed before it had read everything.
        }

        return System.Text.Encoding.Latin1.GetString(answer, 0, length);
    }
}
