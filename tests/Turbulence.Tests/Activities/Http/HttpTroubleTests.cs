using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, the errors; S12, the default time limit.</summary>
public class HttpTroubleTests
{
    public static TheoryData<Compatibility> BothModes => HttpCalls.BothModes;

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_refused_connection_is_a_failure_that_keeps_the_password_to_itself(Compatibility mode)
    {
        using var refusing = new RefusingPort();
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync($"http://user:secret@127.0.0.1:{refusing.Port}/x?y=1", """{"arguments": {"token": "hidden"}}""");

        Assert.Equal((ActivityEnd.Failed, $"failed to connect to {refusing.Url}/x?y=1: connection refused"), (result.End, result.Message));
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_name_that_does_not_exist_is_a_failure(Compatibility mode)
    {
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync("http://no-such-host.invalid/");

        Assert.Equal(
            (ActivityEnd.Failed, "failed to connect to http://no-such-host.invalid/: the name 'no-such-host.invalid' was not found"),
            (result.End, result.Message));
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_server_that_closes_without_an_answer_is_a_failure_and_asked_once(Compatibility mode)
    {
        await using var server = new RawServer(connection => connection.ReadRequestAsync());
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(server.Url, """{"max_retries": 3}""");

        Assert.Equal(
            (ActivityEnd.Failed, $"failed to connect to {server.Url}: the server closed the connection without an answer"),
            (result.End, result.Message));
        Assert.Equal(1, server.Connections);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_server_that_resets_is_a_failure_and_asked_once(Compatibility mode)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        using var calls = new HttpCalls(mode);

        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            var result = await calls.RunAsync(server.Url, $$"""{"method": "{{method}}"}""");

            Assert.Equal(
                (ActivityEnd.Failed, $"failed to connect to {server.Url}: the server reset the connection"), (result.End, result.Message));
        }

        Assert.Equal(3, server.Connections);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_what_is_not_HTTP_is_a_failure(Compatibility mode)
    {
        await using var server = RawServer.Answering("SSH-2.0-OpenSSH\r\n\r\n");
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Failed, $"failed to connect to {server.Url}: what came back is not an HTTP answer"), (result.End, result.Message));
    }

    [Fact]
    public async Task Headers_without_end_are_a_crash()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nx: " + new string('x', 300_000) + "\r\n\r\n");
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Crashed, $"the answer of {server.Url} cannot be used: the headers of the answer are longer than 64 KiB"),
            (result.End, result.Message));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    public async Task S2_7_a_body_that_is_cut_short_fails_here_and_crashes_the_reference(string start)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(start);
        });
        using var ours = new HttpCalls();
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);
        var message = $"the answer of {server.Url} was cut short: the connection was closed before the whole answer had come";

        var result = await ours.RunAsync(server.Url);
        Assert.Equal((ActivityEnd.Failed, message), (result.End, result.Message));
        result = await theirs.RunAsync(server.Url);
        Assert.Equal((ActivityEnd.Crashed, message), (result.End, result.Message));
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_headers_that_do_not_come_in_time_are_a_failure(Compatibility mode)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            asked.SetResult();
            await connection.WaitForCloseAsync();
        });
        var time = new FakeTimeProvider();
        using var calls = new HttpCalls(mode) { Time = time };

        var running = calls.RunAsync(server.Url, """{"timeout": 5}""");
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        var result = await running;
        Assert.Equal((ActivityEnd.Failed, "activity took too long to complete"), (result.End, result.Message));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[1, 5]")]
    public async Task The_limit_is_for_the_whole_exchange_so_that_a_server_that_drips_cannot_hold_a_run(string timeout)
    {
        var next = new SemaphoreSlim(0);
        var written = new SemaphoreSlim(0);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await connection.WriteAsync("1\r\nx\r\n");
                written.Release();
                await next.WaitAsync(connection.Closing);
            }
        });
        var time = new FakeTimeProvider();
        using var calls = new HttpCalls { Time = time };

        var running = calls.RunAsync(server.Url, $$"""{"timeout": {{timeout}}}""");
        for (var i = 0; i < 3; i++)
        {
            await written.WaitAsync(TestContext.Current.CancellationToken);
            Assert.False(running.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1.8));
            next.Release();
        }

        var result = await running;
        Assert.Equal((ActivityEnd.Failed, "activity took too long to complete"), (result.End, result.Message));
    }

    [Fact]
    public async Task The_limit_is_for_all_redirects_together()
    {
        var time = new FakeTimeProvider();
        var connections = 0;
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                connections++;
                time.Advance(TimeSpan.FromSeconds(1));
                await connection.WriteAsync(RawServer.Answer("302 Go", "", "Location: /again"));
            }
        });
        using var calls = new HttpCalls { Time = time };

        var result = await calls.RunAsync(server.Url, """{"timeout": 5}""");

        Assert.Equal((ActivityEnd.Failed, "activity took too long to complete"), (result.End, result.Message));
        Assert.InRange(connections, 5, 6);
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 4", "its Content-Length headers contradict each other")]
    [InlineData("Content-Length: 2, 4", "its Content-Length headers contradict each other")]
    [InlineData("Content-Length: -2", "its Content-Length '-2' is no length")]
    [InlineData("Content-Length: two", "its Content-Length 'two' is no length")]
    [InlineData("Content-Length: +2", "its Content-Length '+2' is no length")]
    [InlineData("Content-Length: 99999999999999999999", "its Content-Length '99999999999999999999' is no length")]
    [InlineData("Content-Length:", "its Content-Length '' is no length")]
    public async Task An_answer_whose_length_nobody_can_tell_is_no_answer(string lengths, string problem)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = new RawServer(async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{lengths}\r\n\r\nabcd");
            });
            using var calls = new HttpCalls(mode);

            var result = await calls.RunAsync(server.Url);

            Assert.Equal((ActivityEnd.Crashed, $"the answer of {server.Url} cannot be used: {problem}"), (result.End, result.Message));
        }
    }

    [Fact]
    public async Task A_length_that_is_said_twice_and_is_the_same_is_a_length()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab");
        using var calls = new HttpCalls();

        Assert.Equal("ab", (await calls.RunAsync(server.Url)).Output!["body"]!.GetValue<string>());
    }

    [Fact]
    public async Task S2_7_the_read_limit_counts_for_each_piece_of_the_body_in_the_reference()
    {
        var next = new SemaphoreSlim(0);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await next.WaitAsync(connection.Closing);
                await connection.WriteAsync("1\r\nx\r\n");
            }
        });
        var time = new SteppedTime();
        using var calls = new HttpCalls(Compatibility.ChaosToolkit) { Time = time };

        var running = calls.RunAsync(server.Url, """{"timeout": [1, 5]}""");
        for (var i = 0; i < 4; i++)
        {
            // A new limit is set whenever something came; only then does the clock go on.
            await time.LimitSetAsync();
            time.Advance(TimeSpan.FromSeconds(4));
            Assert.False(running.IsCompleted);
            next.Release();
        }

        await time.LimitSetAsync();
        time.Advance(TimeSpan.FromSeconds(6));
        var result = await running;
        Assert.Equal((ActivityEnd.Failed, "activity took too long to complete"), (result.End, result.Message));
    }

    [Fact]
    public async Task S12_without_a_timeout_the_limit_is_30_seconds_here_and_none_in_the_reference()
    {
        var asked = new SemaphoreSlim(0);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            asked.Release();
            await answer.Task.WaitAsync(connection.Closing);
            await connection.WriteAsync(RawServer.Ok());
        });
        var time = new FakeTimeProvider();
        using var ours = new HttpCalls { Time = time };
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit) { Time = time };

        var (mine, reference) = (ours.RunAsync(server.Url), theirs.RunAsync(server.Url));
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(mine.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("activity took too long to complete", (await mine).Message);
        time.Advance(TimeSpan.FromDays(1));
        answer.SetResult();
        Assert.Equal(ActivityEnd.Succeeded, (await reference).End);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_connection_that_is_not_made_in_time_is_a_failure_to_connect(Compatibility mode)
    {
        // TLS is a part of the connection, and this server never says a word.
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            connected.SetResult();
            await connection.StallAsync();
        });
        var time = new FakeTimeProvider();
        using var calls = new HttpCalls(mode) { Time = time };
        var url = server.Url.Replace("http:", "https:", StringComparison.Ordinal);

        var running = calls.RunAsync(url, """{"timeout": [2.5, 60]}""");
        await connected.Task;
        time.Advance(TimeSpan.FromSeconds(3));

        var result = await running;
        Assert.Equal((ActivityEnd.Failed, $"failed to connect to {url}: no connection within 2.5 s"), (result.End, result.Message));
    }

    [Theory]
    [InlineData("before the headers", "")]
    [InlineData("in the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")]
    public async Task Cancellation_ends_a_call_at_once_and_closes_its_connection(string place, string start)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(start);
            reached.SetResult();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        using var calls = new HttpCalls(Compatibility.ChaosToolkit);
        using var stop = new CancellationTokenSource();

        var running = calls.RunAsync(server.Url, token: stop.Token);
        await reached.Task;
        await stop.CancelAsync();

        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(ended.CancellationToken == stop.Token, place);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => calls.RunAsync(server.Url, token: new CancellationToken(canceled: true)));

        Assert.Equal(0, server.Connections);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_max_retries_tries_a_connection_that_failed_again(Compatibility mode)
    {
        var attempts = 0;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        // Each handshake is broken off, so no request goes out.
        var serving = Task.Run(
            async () =>
            {
                while (attempts < 3)
                {
                    using var socket = await listener.AcceptAsync(TestContext.Current.CancellationToken);
                    attempts++;
                }
            },
            TestContext.Current.CancellationToken);
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync($"https://127.0.0.1:{port}", """{"max_retries": 2}""");
        await serving;

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.StartsWith($"failed to connect to https://127.0.0.1:{port}: ", result.Message, StringComparison.Ordinal);
        Assert.False(listener.Poll(0, SelectMode.SelectRead));
    }
}
