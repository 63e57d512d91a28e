using System.Text.Json.Nodes;
using Libraries.Tests.Servers;

namespace Libraries.Tests.Faults;

/// <summary>The service's own telemetry, before, while and after its libraries are made to fail.</summary>
/// <param name="servers">The servers of all tests.</param>
public sealed class TelemetryTests(RealServers servers)
{
    [GateFact]
    public async Task It_goes_on_as_it_was_and_tells_of_what_failed()
    {
        await using var service = await StartedService.StartAsync(servers, isTelling: true);
        foreach (var wanted in LibraryFault.All(service.WordsPort, service.GrpcPort).Where(wanted => IsThere(wanted)))
        {
            var library = UsedLibrary.Of(wanted.Path);
            await LibraryFaultTests.WorksAsync(service, library);
            await service.SpansAsync();
            await LibraryFaultTests.WorksAsync(service, library);
            var before = await ToldAsync(service, library);
            await using (var fault = await LibraryFaultTests.PutAsync(service, wanted, wanted.Failure))
            {
                Assert.Equal(wanted.Types, (await service.UseAsync(library)).Types);
                var failed = await SpansAsync(service, library);
                Assert.Equal("Error", (string)failed[^1]["status"]!);
                Assert.All(failed, span => Assert.True(
                    (string)span["parent"]! == "0000000000000000" || failed.Any(other => (string)other["id"]! == (string)span["parent"]!),
                    $"{wanted}: {span.ToJsonString()}"));

                // Entity Framework Core on Sqlite has no span of its own.
                Assert.True(
                    (failed.Count == 1 && wanted.Kind == "dotnet.span") || failed.SkipLast(1).Any(span => (string)span["status"]! == "Error"), $"{wanted}: {Text(failed)}");
                await LibraryFaultTests.TakeBackAsync(fault);
            }

            await LibraryFaultTests.WorksAsync(service, library);
            Assert.Equal(before, await ToldAsync(service, library));
        }
    }

    private static bool IsThere(LibraryFault wanted) =>
        UsedLibrary.Of(wanted.Path).Server is not { } setting || RealServers.IsInstalled(setting);

    private static async Task<string> ToldAsync(StartedService service, UsedLibrary library) => Text(await SpansAsync(service, library));

    // Those of messages are called after a queue, which has another name each time.
    private static string Text(IReadOnlyList<JsonNode> spans) => string.Join('\n', spans
        .Select(span => $"{span["source"]} {span["kind"]} {span["status"]} {spans.FirstOrDefault(other => (string)other["id"]! == (string)span["parent"]!)?["source"]}")
        .Order(StringComparer.Ordinal));

    // Of the trace whose root is the request for the library: the root comes last.
    private static async Task<IReadOnlyList<JsonNode>> SpansAsync(StartedService service, UsedLibrary library)
    {
        List<JsonNode> all = [];
        JsonNode? root = null;
        await Eventually.HoldsAsync(async () =>
        {
            all.AddRange((await service.SpansAsync()).Select(span => span!));
            root = all.SingleOrDefault(span => (string?)span["tags"]!["url.path"] == $"/{library.Path}");
            return root is not null && OfTrace(all, root).All(span => !HasOtherSide(span) || all.Any(other => IsParent(span, other)));
        });
        return [.. OfTrace(all, root!).Where(span => span != root), root!];
    }

    private static IEnumerable<JsonNode> OfTrace(IEnumerable<JsonNode> spans, JsonNode root) =>
        spans.Where(span => (string)span["trace"]! == (string)root["trace"]!);

    // The service's other side ends its span when it has answered, or taken a message from the queue: after its caller, as it happens.
    private static bool HasOtherSide(JsonNode span) => ((string)span["source"]!, (string)span["kind"]!, (string)span["status"]!) is
        ("System.Net.Http", _, "Unset") or ("MassTransit", "Producer", not "Error");

    private static bool IsParent(JsonNode span, JsonNode other) => (string)other["parent"]! == (string)span["id"]!;
}
