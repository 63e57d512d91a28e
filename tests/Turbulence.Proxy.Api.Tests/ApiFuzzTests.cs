using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>Bodies and paths that nobody has thought of get an answer that says why they are wrong, and the server goes on.</summary>
public sealed class ApiFuzzTests
{
    private static readonly string[] Bodies =
    [
        """{"name":"a","listen":"127.0.0.1:0","upstream":"localhost:9","enabled":false,"ttl":5000,"dial_timeout":10,"toxics":[{"type":"latency","attributes":{"latency":1}}]}""",
        """{"type":"latency","name":"t","stream":"upstream","toxicity":0.5,"ttl":1e3,"attributes":{"latency":100,"jitter":-0.0}}""",
        """[{"name":"b","upstream":"localhost:9","enabled":false},{"name":"c","upstream":"[::1]:9","enabled":false}]""",
        """{"attributes":{"rate":1,"bytes":99999999999999999999},"toxicity":-1}""",
    ];

    private static readonly string[] Pieces = [
        "\"", "\\ud800", "\\u0000", "{", "}", "[", "]", ":", ",", "null", "1e999", "-1", "true", "\"name\":", "\"toxics\":[{}]", "\0",
        "\u00ff", "[[[[[[[[", " ", "1",
    ];
    private static readonly string[] Methods = ["GET", "POST", "PATCH", "DELETE", "PUT"];
    private static readonly string[] Paths = [
        "/proxies", "/populate", "/proxies/a", "/proxies/a/toxics", "/proxies/a/toxics/t", "/reset", "/proxies/%ff%2f", "/proxies//toxics",
        "/%", "/proxies/a/toxics/t/x",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_sent_is_answered_with_a_reason(int seed)
    {
        await using var api = await ApiServer.StartAsync();
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var (method, path) = (Methods[random.Next(3) == 0 ? random.Next(Methods.Length) : 1], Paths[random.Next(Paths.Length)]);
            var body = Mutated(random);
            using var response = await api.SendAsync(method, path, method == "GET" ? null : body);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var status = (int)response.StatusCode;
            Assert.True(
                status is 200 or 201 or 204 or 400 or 404 or 405 or 409,
                $"{method} {path} {Encoding.Latin1.GetString(body)}: {status} {text}");
            if (status is 400 or 409)
            {
                refused++;
                var answer = JsonNode.Parse(text)!.AsObject();
                Assert.Equal(status, (int)answer["status"]!);
                Assert.NotEmpty((string)answer["error"]!);
            }
        }

        Assert.True(refused > 50, $"{refused} were refused");
        Assert.Equal(200, (await api.AskAsync("GET", "/proxies")).Status);
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]).ToList();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(1, 12)));
                    break;
                case 2:
                    bytes.InsertRange(place, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(0, place));
                    break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add((byte)' ');
            }
        }

        return [.. bytes];
    }
}
