using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

/// <summary>What becomes of a question over real connections to a server that fails; no time passes but what a test lets pass.</summary>
public sealed class FailureTests
{
    private const string Number = """{"server":"p","content":"3"}""";

    public static TheoryData<string, string> BadAnswers { get; } = new()
    {
        { "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "answered 500" },
        { "HTTP/1.1 302 Over there\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n", "answered 302" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "answered 200, but not with a number" },
        { "HTTP/1.1 200 OK\r\n\r\nno json", "answered 200, but not with a number" },
        { "SSH-2.0-x\r\n\r\n", "answered something that is not HTTP" },
        { "", "closed the connection without an answer" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task A_bad_answer_is_named(string answer, string reason)
    {
        await using var server = ScriptedServer.Saying(answer);
        await using var system = new ConnectedSystem(server.Url);
        Assert.Equal(new ServerReply.Failed(reason), await system.AskAsync(0));
    }

    [Theory]
    [InlineData("HTTP/1.1 2")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + Number)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task What_is_half_an_answer_or_none_is_a_failure(string answer)
    {
        await using var server = ScriptedServer.Saying(answer);
        await using var system = new ConnectedSystem(server.Url);
        Assert.IsType<ServerReply.Failed>(await system.AskAsync(0));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_a_failure()
    {
        await using var server = ScriptedServer.Resetting();
        await using var system = new ConnectedSystem(server.Url);
        Assert.IsType<ServerReply.Failed>(await system.AskAsync(0));
    }

    [Fact]
    public async Task Where_nobody_listens_the_connection_is_refused()
    {
        await using var system = new ConnectedSystem("http://localhost:1");
        Assert.Equal(new ServerReply.Failed("connection refused"), await system.AskAsync(0));
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        await using var server = ScriptedServer.Saying("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1_000_000));
        await using var system = new ConnectedSystem(server.Url);
        Assert.Equal(new ServerReply.Failed("answered more than 65536 bytes"), await system.AskAsync(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{")]
    public async Task The_time_limit_holds_for_the_whole_answer(string beginning)
    {
        await using var server = ScriptedServer.Beginning(beginning);
        await using var system = new ConnectedSystem(server.Url);
        var reply = system.AskAsync(0);
        await Eventually.HoldsAsync(() => server.Heard > 0);
        await Eventually.HoldsAsync(() =>
        {
            system.Time.Advance(TimeSpan.FromSeconds(1));
            return reply.IsCompleted;
        });
        Assert.Equal(new ServerReply.Failed("timed out after 0.9 s"), await reply);
    }

    [Fact]
    public async Task A_kept_connection_that_turns_out_dead_is_replaced_by_a_new_one_to_the_same_server()
    {
        await using var server = ScriptedServer.AnsweringOnce($"HTTP/1.1 200 OK\r\nContent-Length: {Number.Length}\r\n\r\n{Number}");
        await using var system = new ConnectedSystem(server.Url);
        for (var request = 1; request <= 3; request++)
        {
            Assert.Equal(new ServerReply.Drawn("p", "3"), await system.AskAsync(0));
            Assert.Equal(request, server.Connections);
        }
    }
}
