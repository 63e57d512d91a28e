using Libraries.Tests.Servers;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace Libraries.Tests.Servers;

/// <summary>
/// The servers of all tests, and the service that most of them share: each is started when a test asks for it first, and they end with the
/// last test. A server that is not installed is left out.
/// </summary>
public sealed class RealServers : IAsyncDisposable
{
    /// <summary>The collection of the tests that share a service.</summary>
    internal const string OneByOne = "One service";

    private static readonly IReadOnlyList<IRealServer> All =
        [new RabbitServer(), new MariaServer(), new PostgresServer(), new RedisServer(), new NatsServer()];

    private readonly Lazy<Task<IReadOnlyList<string>>> settings;
    private readonly Lazy<Task<StartedService>> service;
    private readonly List<TemporaryFolder> folders = [];
    private readonly List<ServerProcess> processes = [];

    /// <summary>Starts nothing yet.</summary>
    public RealServers()
    {
        settings = new(StartAsync);
        service = new(() => StartedService.StartAsync(this, isTelling: false));
    }

    /// <summary>
    /// A service that can use every library whose server is installed; for one test at a time, so that none is hit by what another put in:
    /// those of <see cref="OneByOne"/>.
    /// </summary>
    internal Task<StartedService> SharedServiceAsync() => service.Value;

    /// <summary>The settings of a service that uses these servers, as arguments.</summary>
    internal Task<IReadOnlyList<string>> SettingsAsync() => settings.Value;

    /// <summary>Skips the test where the server of a library is not installed.</summary>
    internal static void Needed(UsedLibrary library)
    {
        if (All.SingleOrDefault(server => server.Setting == library.Server) is { } server)
        {
            Needs.That(server.IsInstalled, $"needs {server.Source.Program} (apt-get install {server.Source.Package})");
        }
    }

    /// <summary>Whether a server is installed.</summary>
    internal static bool IsInstalled(string setting) => All.Single(server => server.Setting == setting).IsInstalled;

    public async ValueTask DisposeAsync()
    {
        if (service.IsValueCreated)
        {
            await (await service.Value).DisposeAsync();
        }

        if (settings.IsValueCreated)
        {
            await ((Task)settings.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var process in processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        folders.ForEach(folder => folder.Dispose());
    }

    // Whoever needs them is left to the gate.
    private async Task<IReadOnlyList<string>> StartAsync()
    {
        var values = await Task.WhenAll(All.Where(server => Share.IsAll && server.IsInstalled).Select(async server =>
        {
            var folder = new TemporaryFolder();
            folders.Add(folder);
            return (server.Setting, Value: await server.StartAsync(folder, processes));
        }));
        return [.. values.SelectMany(value => new[] { $"--{value.Setting}", value.Value })];
    }
}
