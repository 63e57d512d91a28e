using System.Net;
using System.Net.Sockets;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Tests;

public sealed class ProxyOfARunTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_proxy_that_a_run_is_given_is_asked_by_its_http_probes(bool inAFile)
    {
        using var room = new RunRoom();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = AnswerAsync(proxy);
        var variable = $"http_proxy=http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}";
        File.WriteAllText(Path.Combine(room.Folder, "proxy.env"), variable);
        await using var run = await Chaos.Experiment("Behind a proxy")
            .Method(method => method.Http("asked", "http://somewhere.test/x"))
            .PrepareAsync(
                new RunRequest { VariableFiles = inAFile ? ["proxy.env"] : [] },
                inAFile ? room.Place : room.Place with
                {
                    Environment = new Dictionary<string, string> { ["http_proxy"] = variable["http_proxy=".Length..] },
                });

        Assert.Equal(Verdict.Passed, (await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken)).Verdict);
        Assert.Equal("GET http://somewhere.test/x HTTP/1.1", await asked);
    }

    private static async Task<string?> AnswerAsync(TcpListener proxy)
    {
        using var client = await proxy.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
        }

        await stream.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        return first;
    }
}
