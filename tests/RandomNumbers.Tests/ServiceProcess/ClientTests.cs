using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RandomNumbers.Tests.ServiceProcess;

/// <summary>What becomes of a service whose clients mean harm, or are still there when it is told to stop.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Clients_that_never_end_their_requests_are_told_so_and_others_are_served_meanwhile()
    {
        string[] beginnings = ["GET /health HTTP/1.1\r\nHost:", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"];
        await using var server = await RunningService.RandServerAsync(folder);
        var ends = beginnings.Select(async beginning =>
        {
            using var slow = new TcpClient();
            await slow.ConnectAsync(IPAddress.Loopback, server.Port, Deadline.Token);
            await slow.Client.SendAsync(Encoding.ASCII.GetBytes(beginning), Deadline.Token);
            return await ReadToEndAsync(slow);
        }).ToArray();
        using var answer = await server.PostAsync("""{"content": 10}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(await Task.WhenAll(ends), static end => Assert.StartsWith("HTTP/1.1 408 ", end, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_without_end_is_refused()
    {
        await using var server = await RunningService.RandServerAsync(folder);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Deadline.Token);
        var sending = client.Client.SendAsync(
            Encoding.ASCII.GetBytes("GET /health HTTP/1.1\r\nHost: x\r\nX: " + new string('x', 64 * 1024)), Deadline.Token);
        Assert.StartsWith("HTTP/1.1 431 ", await ReadToEndAsync(client), StringComparison.Ordinal);
        await Record.ExceptionAsync(async () => await sending);
        using var answer = await server.PostAsync("""{"content": 10}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_in_flight_is_finished_when_the_service_is_told_to_stop()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var server = ScriptedServer.AnsweringWhen(
            answer.Task, asked, ScriptedServer.Response(200, """{"server":"late","content":"3"}"""));
        await using var entrance = await RunningService.RequireRandAsync(folder, [server.Url]);
        var request = entrance.GetAsync("/index/10");
        await asked.Task.WaitAsync(Deadline.Generous, Deadline.Token);
        var end = entrance.EndAsync("TERM");
        await Eventually.HoldsAsync(() => Refuses(entrance.Port));
        Assert.False(end.IsCompleted);
        answer.SetResult();
        using var response = await request;
        Assert.Equal("response from service: late: 3", await response.Content.ReadAsStringAsync(Deadline.Token));
        Assert.Equal(0, await end);
    }

    private static bool Refuses(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var text = new StreamReader(client.GetStream(), Encoding.Latin1);
        var answer = new StringBuilder();
        try
        {
            while (await text.ReadLineAsync(Deadline.Token) is { } line)
            {
                answer.Append(line).Append('\n');
            }
        }
        catch (IOException)
        {
            // It ended with RST, since not everything was read that was sent.
        }

        return answer.ToString();
    }
}
