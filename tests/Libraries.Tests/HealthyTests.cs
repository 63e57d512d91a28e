using Libraries.Tests.Servers;

namespace Libraries.Tests;

/// <summary>Without any fault each library does its work, again and again, and the service's telemetry tells of it.</summary>
/// <param name="servers">The servers of all tests.</param>
[Collection(RealServers.OneByOne)]
public sealed class HealthyTests(RealServers servers)
{
    /// <summary>Those that need a server are left to the gate: these take long to start.</summary>
    public static IEnumerable<TheoryDataRow<string>> Libraries => Share.Of(
        UsedLibrary.All.Select(library => new TheoryDataRow<string>(library.Path)).ToList(), row => UsedLibrary.All[row].Server is null);

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_library_works(string path)
    {
        var library = UsedLibrary.Of(path);
        RealServers.Needed(library);
        var service = await servers.SharedServiceAsync();
        for (var use = 0; use < 3; use++)
        {
            var outcome = await service.UseAsync(library);
            Assert.True(outcome.Types.Count == 0, $"{string.Join(" < ", outcome.Types)}: {outcome.Text}");
            Assert.Equal(path, outcome.Text);
        }
    }

    [GateFact]
    public async Task The_telemetry_of_the_service_tells_of_a_request_and_of_what_it_asked()
    {
        await using var service = await StartedService.StartAsync(servers, isTelling: true);
        await service.UseAsync(UsedLibrary.Of("http"));
        var spans = await service.SpansAsync();
        var asked = spans.Single(span => (string)span!["source"]! == "System.Net.Http")!;
        var asking = spans.Single(span => (string?)span!["tags"]!["url.path"] == "/http")!;
        var answering = spans.Single(span => (string?)span!["tags"]!["url.path"] == "/words/http")!;
        Assert.Equal((string)asking["id"]!, (string)asked["parent"]!);
        Assert.Equal((string)asked["id"]!, (string)answering["parent"]!);
        Assert.All(spans, span => Assert.Equal("Unset", (string)span!["status"]!));
    }
}
