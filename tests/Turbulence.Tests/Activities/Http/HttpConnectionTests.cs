using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>What connections carry: a probe says the truth about the server as it is now, and nothing is left open.</summary>
public class HttpConnectionTests
{
    [Fact]
    public async Task Probes_share_a_connection_in_the_default_mode_and_not_in_compatibility_mode()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var ours = new HttpCalls { Time = new FakeTimeProvider() };
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ActivityEnd.Succeeded, (await ours.RunAsync(server.Url)).End);
        }

        Assert.Equal(1, server.Connections);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ActivityEnd.Succeeded, (await theirs.RunAsync(server.Url)).End);
        }

        Assert.Equal(6, server.Connections);
    }

    [Fact]
    public async Task A_connection_is_kept_for_a_quarter_of_a_second_and_no_longer()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        var time = new FakeTimeProvider();
        using var calls = new HttpCalls { Time = time };

        await calls.RunAsync(server.Url);
        time.Advance(TimeSpan.FromMilliseconds(249));
        await calls.RunAsync(server.Url);
        Assert.Equal(1, server.Connections);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await calls.RunAsync(server.Url);

        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task What_changes_the_server_goes_over_a_connection_of_its_own(string method)
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls { Time = new FakeTimeProvider() };

        await calls.RunAsync(server.Url);
        await calls.RunAsync(server.Url, $$"""{"method": "{{method}}"}""");
        await calls.RunAsync(server.Url, $$"""{"method": "{{method}}"}""");

        Assert.Equal(3, server.Connections);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kept_connection_that_breaks_on_the_next_request_is_replaced_by_a_new_one(bool reset)
    {
        // The server takes the second request of a connection and answers it with nothing: as one that died in between.
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok());
            await connection.ReadRequestAsync();
            if (reset)
            {
                connection.Reset();
            }
        });
        using var calls = new HttpCalls { Time = new FakeTimeProvider() };

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(
                (ActivityEnd.Succeeded, null), (await calls.RunAsync(server.Url)) is var result ? (result.End, result.Message) : default);
        }

        Assert.Equal(10, server.Connections);
        Assert.Equal(19, server.Requests.Count);
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_closed_silently_does_not_fail_the_next_probe()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok());
        });
        using var calls = new HttpCalls { Time = new FakeTimeProvider() };

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url)).End);
        }

        Assert.Equal(20, server.Connections);
    }

    [Fact]
    public async Task A_server_that_went_away_is_reported_although_its_connection_was_kept()
    {
        var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls { Time = new FakeTimeProvider() };
        Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(server.Url)).End);
        var url = server.Url;
        await server.DisposeAsync();

        var result = await calls.RunAsync(url);

        // Where the end of the kept connection has not been noticed yet, the request meets it: that is told, too.
        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.Contains(
            result.Message,
            (string[])[$"failed to connect to {url}: connection refused", $"failed to connect to {url}: the server reset the connection"]);
    }

    [Fact]
    public async Task An_answer_that_begins_on_a_kept_connection_and_breaks_is_not_asked_for_again()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok());
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200");
        });
        using var calls = new HttpCalls { Time = new FakeTimeProvider() };

        await calls.RunAsync(server.Url);
        var result = await calls.RunAsync(server.Url);

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Five_hundred_calls_at_once_each_get_their_own_answer_and_leave_no_connection(Compatibility mode)
    {
        var open = 0;
        await using var server = new RawServer(async connection =>
        {
            Interlocked.Increment(ref open);
            try
            {
                while (await connection.ReadRequestAsync() is { } request)
                {
                    await connection.WriteAsync(RawServer.Ok(request.Split(' ')[1]));
                }
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
        var calls = new HttpCalls(mode);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
            (await calls.RunAsync(server.Url, $$$"""{"arguments": {"i": {{{i.ToString(CultureInfo.InvariantCulture)}}}}}""")).Output?[
                "body"]?.GetValue<string>()));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"/?i={i}"), bodies);
        if (mode == Compatibility.None)
        {
            await Eventually.HoldsAsync(() => Volatile.Read(ref open) <= 64);
        }

        calls.Dispose();
        await Eventually.HoldsAsync(() => Volatile.Read(ref open) == 0);
        Assert.Equal(0, Volatile.Read(ref open));
    }
}
