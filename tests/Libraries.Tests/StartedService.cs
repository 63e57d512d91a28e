using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Libraries.Tests.Servers;

namespace Libraries.Tests;

/// <summary>A library-service of a test's own; <c>LIBRARY_SERVICE</c> names another build of it, such as one for an older .NET.</summary>
internal sealed class StartedService : IAsyncDisposable
{
    private static readonly string Program =
        Environment.GetEnvironmentVariable("LIBRARY_SERVICE") ?? BuiltProgram.Built("LibraryService", "library-service");

    private readonly TemporaryFolder folder;
    private readonly ServerProcess process;
    private readonly HttpClient client;

    private StartedService(TemporaryFolder folder, ServerProcess process, IReadOnlyList<int> ports)
    {
        this.folder = folder;
        this.process = process;
        (Port, WordsPort, GrpcPort) = (ports[0], ports[1], ports[2]);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
    }

    /// <summary>Its process.</summary>
    public int Id => process.Id;

    /// <summary>Where it is asked to use a library.</summary>
    public int Port { get; }

    /// <summary>Where it answers its own HttpClient over HTTP/1.1.</summary>
    public int WordsPort { get; }

    /// <summary>Where it answers its own HttpClient over HTTP/2, and gRPC.</summary>
    public int GrpcPort { get; }

    /// <summary>Starts one, which can use every library whose server is installed.</summary>
    /// <param name="servers">The servers of all tests.</param>
    /// <param name="isTelling">Whether it has OpenTelemetry, whose spans <see cref="SpansAsync"/> tells.</param>
    public static async Task<StartedService> StartAsync(RealServers servers, bool isTelling)
    {
        var settings = await servers.SettingsAsync();
        var folder = new TemporaryFolder();
        var process = ServerProcess.Start(
            folder,
            [
                Program, "--sqlite", folder["words.db"],
                "--telemetry", isTelling ? "true" : "false", .. settings,
            ],
            ("TMPDIR", folder.Path));
        try
        {
            var ready = await process.SaysAsync("ready ");
            return new StartedService(
                folder, process, [.. ready.Split(' ').Skip(1).Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Uses a library once.</summary>
    public async Task<UseOutcome> UseAsync(UsedLibrary library)
    {
        using var response = await client.GetAsync(new Uri($"/{library.Path}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return new UseOutcome(text, []);
        }

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var failure = JsonNode.Parse(text)!;
        return new UseOutcome((string)failure["message"]!, [.. failure["types"]!.AsArray().Select(type => (string)type!)]);
    }

    /// <summary>The spans that its own telemetry exported since they were last asked for.</summary>
    public async Task<JsonArray> SpansAsync() => JsonNode.Parse(await GetAsync("/spans"))!.AsArray();

    /// <summary>What it answers to a path.</summary>
    public Task<string> GetAsync(string path) =>
        client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }
}
