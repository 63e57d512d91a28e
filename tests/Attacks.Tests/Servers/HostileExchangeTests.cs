using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Attacks.Tests.Servers;

/// <summary>A server that would have all our time, our memory or our secrets gets none of them.</summary>
public sealed class HostileExchangeTests : IDisposable
{
    private const string Secret = "s3cr3t-of-the-first-origin";
    private const string Head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData(Head + "Content-Length: 1000000\r\n\r\n", "x")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [GateData(Head + "X-Slow: ", "x")]
    [GateData("HTTP/1.1 ", "1")]
    public async Task A_byte_now_and_then_does_not_hold_the_activity_beyond_its_time_limit(string begin, string drip)
    {
        await using var server = new HostileServer(async (_, stream, token) =>
        {
            await HostileServer.WriteAsync(stream, begin, token);
            while (true)
            {
                await HostileServer.WriteAsync(stream, drip, token);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, token);
            }
        });

        Promises.AreKept(room, await AskAsync(server.Url, timeout: 1), 2);
        Assert.InRange((double)room.Journal()["run"]![0]!["duration"]!, 0.9, 30);
    }

    [Theory]
    [InlineData("X-More: y\r\n")]
    [GateData("HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task A_head_without_end_is_given_up(string more)
    {
        await using var server = new HostileServer(async (_, stream, token) =>
        {
            await HostileServer.WriteAsync(stream, more.StartsWith("HTTP", StringComparison.Ordinal) ? "" : Head, token);
            var many = string.Concat(Enumerable.Repeat(more, 1000));
            while (true)
            {
                await HostileServer.WriteAsync(stream, many, token);
            }
        });

        Promises.AreKept(room, await AskAsync(server.Url, timeout: 3), 2);
    }

    [Theory]
    [GateData("gzip")]
    [InlineData("br")]
    public async Task What_is_packed_small_and_is_huge_is_not_unpacked(string encoding)
    {
        var body = Packed(encoding, 512 << 20);
        await using var server = new HostileServer(async (_, stream, token) =>
        {
            await HostileServer.WriteAsync(stream, $"{Head}Content-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n", token);
            await stream.WriteAsync(body, token);
        });

        // Twice as much as is allowed would not fit.
        var end = await AskAsync(server.Url, timeout: 60, heap: "0x8000000");

        Promises.AreKept(room, end, 2);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [GateData("Content-Length: 5, 6\r\n")]
    [GateData("Content-Length: -5\r\n")]
    [GateData("Content-Length: many\r\n")]
    [GateData("Content-Length: 99999999999999999999\r\n")]
    public async Task Lengths_that_cannot_be_are_no_answer(string lengths)
    {
        await using var server = new HostileServer($"{Head}{lengths}\r\nfive.");
        Promises.AreKept(room, await AskAsync(server.Url, timeout: 30), 2);
    }

    [Theory]
    [InlineData("Authorization")]
    [GateData("Cookie")]
    [GateData("X-Api-Key")]
    [GateData("X-Vault-Token")]
    public async Task What_was_meant_for_one_origin_does_not_follow_a_redirect_to_another(string header)
    {
        var seen = "";
        await using var other = new HostileServer((head, stream, token) =>
        {
            seen = head;
            return HostileServer.WriteAsync(stream, $"{Head}Content-Length: 2\r\n\r\nok", token);
        });
        await using var first = new HostileServer(
            $"HTTP/1.1 302 Found\r\nLocation: {other.Url}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var end = await AskAsync(first.Url, timeout: 30, headers: new JsonObject { [header] = Secret });

        Promises.IsToldForPeople(end, 0, 2);
        Assert.DoesNotContain(Secret, seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [GateData("ftp://127.0.0.1/x")]
    [GateData("http://")]
    public async Task A_redirect_to_what_is_not_of_the_web_is_not_followed(string to)
    {
        await using var server = new HostileServer(
            $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Promises.AreKept(room, await AskAsync(server.Url, timeout: 30));
        Assert.DoesNotContain("root:", File.ReadAllText(room.File("journal.json")), StringComparison.Ordinal);
    }

    private static byte[] Packed(string encoding, int size)
    {
        using var packed = new MemoryStream();
        using (Stream packing = encoding == "br"
            ? new BrotliStream(packed, CompressionLevel.Fastest)
            : new GZipStream(packed, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < size >> 20; i++)
            {
                packing.Write(zeros);
            }
        }

        return packed.ToArray();
    }

    private async Task<ChaosEnd> AskAsync(string url, double timeout, JsonObject? headers = null, string? heap = null)
    {
        room.Write("e.json", Methods.Attack(Methods.Http(url, headers), timeout));
        var more = heap is null ? new Dictionary<string, string>() : new() { ["DOTNET_GCHeapHardLimit"] = heap };
        await using var run = ChaosRun.Start(room, more, "run", "e.json");
        var end = await run.EndAsync();
        Assert.True(File.Exists(room.File(Methods.RolledBack)), end.Said);
        return end;
    }
}
