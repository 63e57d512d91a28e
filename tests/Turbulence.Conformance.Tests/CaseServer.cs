using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Conformance.Tests;

/// <summary>A loopback HTTP server that answers as a case says: one request a connection, 404 for a path that it does not know.</summary>
internal sealed class CaseServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> requests = [];
    private readonly JsonObject answers;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public CaseServer(JsonObject answers)
    {
        this.answers = answers;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Address => $"http://{Host}";

    /// <summary>The host and the port.</summary>
    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Method, target and body of each request, with the headers that the case asks for.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        _ = accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception problem)
            when (problem is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The case is over; between two accepts a stopped listener throws the last of them.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                // A character is a byte here, so that the length of a body is right.
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
                var words = (await reader.ReadLineAsync(stop.Token) ?? "").Split(' ');
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
                {
                    headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                }

                var body = new char[headers.TryGetValue("Content-Length", out var length)
                    ? int.Parse(length, CultureInfo.InvariantCulture)
                    : 0];
                if (body.Length > 0)
                {
                    await reader.ReadBlockAsync(body, stop.Token);
                }

                var answer = answers[words[1].Split('?')[0]] as JsonObject ?? new JsonObject { ["status"] = 404 };
                var shown = (answer["show"] as JsonArray ?? []).Select(name => $" {name}: {headers.GetValueOrDefault($"{name}")}");
                requests.Enqueue(
                    $"{words[0]} {words[1]}{(body.Length > 0 ? " " : "")}{Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body))}{string.Concat(shown)}");
                if (answer["silent"]?.GetValue<bool>() == true)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
                }

                await client.GetStream().WriteAsync(Response(answer), stop.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The command hung up, or the case is over.
            }
        }
    }

    private static byte[] Response(JsonObject answer)
    {
        var body = Encoding.UTF8.GetBytes(answer["body"] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : $"{answer["body"]?.ToJsonString()}");
        var head = new StringBuilder();
        head.Append(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer["status"] ?? 200} X\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        foreach (var (name, content) in answer["headers"] as JsonObject ?? [])
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {content}\r\n");
        }

        return [.. Encoding.ASCII.GetBytes($"{head}\r\n"), .. body];
    }
}
