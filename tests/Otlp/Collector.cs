using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

/// <summary>A collector of OTLP on this machine, by protobuf over HTTP/1.1 or by gRPC over HTTP/2, that keeps what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<(string Path, string Headers, byte[] Body)> requests = [];
    private readonly ConcurrentQueue<string> others = [];

    private Collector(WebApplication server) => this.server = server;

    /// <summary>Where it listens.</summary>
    public string Endpoint => server.Urls.Single();

    /// <summary>Answers in place of it; true where it has.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = static _ => Task.FromResult(false);

    /// <summary>The status of its answers to requests that are none of OTLP.</summary>
    public Func<int> Status { get; set; } = static () => 200;

    /// <summary>The body of its answers: nothing is rejected.</summary>
    public byte[] Answer { get; set; } = [];

    /// <summary>What it was asked, each by its path and its headers.</summary>
    public IReadOnlyList<(string Path, string Headers)> Requests => [.. requests.Select(one => (one.Path, one.Headers))];

    /// <summary>The values of <c>traceparent</c> of requests that are none of OTLP, and the empty text for those without.</summary>
    public IReadOnlyList<string> Traces => [.. others];

    public IReadOnlyList<ReceivedSpan> Spans => [.. Bodies("trace").SelectMany(body => OtlpReader.Spans(body))];

    /// <summary>The metrics as they were last sent.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => [.. Bodies("metrics").TakeLast(1).SelectMany(body => OtlpReader.Metrics(body))];

    public IReadOnlyList<ReceivedLog> Logs => [.. Bodies("logs").SelectMany(body => OtlpReader.Logs(body))];

    /// <summary>The attributes of who sent the first request.</summary>
    public IReadOnlyDictionary<string, object?> Resource => OtlpReader.Resource(requests.First().Body.AsMemory());

    /// <summary>Everything that it was sent, as text, for who looks for what must not be in it.</summary>
    public string Raw => string.Concat(requests.Select(one => System.Text.Encoding.Latin1.GetString(one.Body)));

    public static async Task<Collector> StartAsync(bool isGrpc = false)
    {
        var building = WebApplication.CreateSlimBuilder();
        building.Logging.ClearProviders();
        building.WebHost.ConfigureKestrel(options => options.ListenLocalhostOn(isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new Collector(building.Build());
        collector.server.Run(collector.TakeAsync);
        await collector.server.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await server.StopAsync(atOnce.Token);
        await server.DisposeAsync();
    }

    private IEnumerable<ReadOnlyMemory<byte>> Bodies(string signal) => requests
        .Where(one => one.Path.Contains($"v1/{signal}", StringComparison.Ordinal) || one.Path.Contains($".{signal}.v1.", StringComparison.Ordinal))
        .Select(one => (ReadOnlyMemory<byte>)one.Body);

    private async Task TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Method != "POST")
        {
            others.Enqueue(request.Headers.TraceParent.ToString());
            context.Response.StatusCode = Status();
            return;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (await Instead(context))
        {
            return;
        }

        var isGrpc = request.ContentType == "application/grpc";
        var headers = string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        requests.Enqueue((request.Path, headers, isGrpc ? body.ToArray()[5..] : body.ToArray()));
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (isGrpc)
        {
            context.Response.DeclareTrailer("grpc-status");
            await context.Response.Body.WriteAsync((byte[])[0, 0, 0, 0, (byte)Answer.Length, .. Answer]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            await context.Response.Body.WriteAsync(Answer);
        }
    }
}

/// <summary>How it listens.</summary>
file static class Listening
{
    public static void ListenLocalhostOn(this KestrelServerOptions options, HttpProtocols protocols) =>
        options.Listen(System.Net.IPAddress.Loopback, 0, listening => listening.Protocols = protocols);
}
