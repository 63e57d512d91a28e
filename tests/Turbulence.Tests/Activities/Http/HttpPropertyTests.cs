using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Whatever stands in a provider object, the provider answers with a value.</summary>
public class HttpPropertyTests
{
    private static readonly string[] Keys = [
        "method", "headers", "arguments", "timeout", "verify_tls", "max_retries", "expected_status", "secrets",
    ];

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[0, 8],
        OneOf(
            "GET",
            "CONNECT",
            "TRACE",
            "HEAD",
            "POST",
            "Content-Type",
            "application/json",
            "Host",
            "Transfer-Encoding",
            "Expect",
            "Connection",
            "Content-Length",
            "${x}",
            "$$"));

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, self) =>
    {
        var scalar = Gen.OneOf(
            Words.Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Int[-2, 5].Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Const((JsonNode?)null));
        return depth > 2
            ? scalar
            : Gen.OneOf(
                scalar,
                self.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
                Gen.Select(Words, self).Array[0, 3].Select(members => (JsonNode?)Map(members)));
    });

    [Fact]
    public async Task RunAsync_never_throws_and_neither_does_Validate()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var refusing = new RefusingPort();
        string[] urls = [server.Url, refusing.Url, "http://a b.invalid/", "nonsense", "http://", server.Url + "/${x}?é#"];
        using var ours = new HttpCalls();
        using var theirs = new HttpCalls(Compatibility.ChaosToolkit);
        var providers = Gen.Select(OneOf(urls), Gen.Select(OneOf(Keys), Json).Array[0, 4]);

        await providers.SampleAsync(
            async pair =>
            {
                var provider = Map(
                    [.. pair.Item2.Where(member => member.Item1 != "timeout" || member.Item2 is not null), ("url", pair.Item1)]);
                provider["type"] = "http";

                // A limit on the waits that a request for something odd may bring.
                provider.TryAdd("timeout", 10);
                HttpValidationTests.Problems(provider.ToJsonString());
                foreach (var calls in (HttpCalls[])[ours, theirs])
                {
                    var result = await calls.RunAsync(new JsonObject { ["provider"] = provider.DeepClone() });
                    Assert.True(result.End == ActivityEnd.Succeeded == (result.Message is null));
                }
            },
            iter: 300,
            threads: 2);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static JsonObject Map(IEnumerable<(string Key, JsonNode? Value)> members)
    {
        var map = new JsonObject();
        foreach (var (key, value) in members)
        {
            map[key] = value?.DeepClone();
        }

        return map;
    }
}
