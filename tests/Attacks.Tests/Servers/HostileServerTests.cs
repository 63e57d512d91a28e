using System.Text.Json.Nodes;

namespace Attacks.Tests.Servers;

/// <summary>Whatever a server says, or never says, the activity that asked it ends, and the run goes on to its rollbacks.</summary>
public sealed class HostileServerTests : IDisposable
{
    private readonly Room room = new();

    /// <summary>What the server says before it goes away, and whether an answer can be made of it at all.</summary>
    public static TheoryData<string, string> Garbage { get; } = Share.Of<TheoryData<string, string>>(
        new()
        {
            { "nothing", "" },
            { "half a status line", "HTTP/1.1 20" },
            { "another protocol", "220 mail.example ESMTP\r\n" },
            { "a head without an end", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" },
            { "a body that is shorter than promised", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nfive." },
            { "a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" },
            { "a chunk that is cut off", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\nabc" },
            { "what is not packed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nfive." },
        },
        3);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_is_no_answer_is_a_failure_of_the_activity_and_the_rollbacks_are_played(string what, string says)
    {
        await using var server = new HostileServer(says);

        var end = await AskAsync(server.Url, timeout: 30);

        Promises.AreKept(room, end, 2);
        Assert.True(server.Asked > 0, what);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_at_the_time_limit()
    {
        await using var server = new HostileServer((_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        Promises.AreKept(room, await AskAsync(server.Url, timeout: 0.5), 2);
    }

    [Fact]
    public async Task Redirects_in_a_circle_come_to_an_end()
    {
        await using var server = new HostileServer(
            "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var end = await AskAsync(server.Url, timeout: 30);

        Promises.AreKept(room, end);
        Assert.InRange(server.Asked, 2, 100);
    }

    private async Task<ChaosEnd> AskAsync(string url, double timeout, JsonObject? headers = null)
    {
        room.Write("e.json", Methods.Attack(Methods.Http(url, headers), timeout));
        var end = await ChaosRun.RunAsync(room, "run", "e.json");
        Assert.True(File.Exists(room.File(Methods.RolledBack)), end.Said);
        return end;
    }
}
