using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

/// <summary>What asks rand servers, as require_rand puts it together, with servers and a clock of the test's.</summary>
internal sealed class ScriptedSystem : IAsyncDisposable
{
    private static readonly byte[] Question = JsonSerializer.SerializeToUtf8Bytes(new NumberRequest("10"), WireJson.Default.NumberRequest);
    private static readonly string[] Names = ["primary", "secondary", "tertiary"];

    private readonly ServiceProvider provider;

    public ScriptedSystem(int servers = 2, Func<ResilienceSettings, ResilienceSettings>? change = null)
    {
        Settings = change is null ? new ResilienceSettings() : change(new ResilienceSettings());
        Servers = [.. Names.Take(servers).Select(name => new ScriptedAnswers(name))];
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddRandServers([.. Names.Take(servers).Select(name => new RandServerAddress(name, new Uri($"http://{name}")))], Settings);
        for (var position = 0; position < servers; position++)
        {
            var server = Servers[position];
            services.AddHttpClient(RandServers.ClientName(position)).ConfigurePrimaryHttpMessageHandler(() => server);
        }

        provider = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new();

    public ResilienceSettings Settings { get; }

    public ScriptedAnswers[] Servers { get; }

    public ScriptedAnswers Primary => Servers[0];

    public ScriptedAnswers Secondary => Servers[1];

    public IReadOnlyList<RandServerClient> Clients => provider.GetRequiredService<IReadOnlyList<RandServerClient>>();

    /// <summary>Asks; when it returns, the first server has the question, and the clock of its hedge runs.</summary>
    public Task<ServerReply> AskAsync() =>
        provider.GetRequiredService<Failover>().AskAsync(Question).AsTask().WaitAsync(Deadline.Generous, Deadline.Token);

    /// <summary>Asks, lets the time pass after which the next server is asked, and waits for the answer.</summary>
    public async Task<ServerReply> AskHedgedAsync()
    {
        var reply = AskAsync();
        Time.Advance(Settings.HedgeAfter);
        return await reply;
    }

    /// <summary>Opens the breaker of the first server.</summary>
    public async Task DistrustPrimaryAsync()
    {
        Primary.Refuse();
        while (Clients[0].IsTrusted)
        {
            await AskAsync();
        }
    }

    public async Task StartTrialsAsync()
    {
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Deadline.Token);
        }
    }

    /// <summary>Lets time pass until something is so.</summary>
    public async Task PassUntilAsync(Func<bool> condition, TimeSpan? step = null) => await Eventually.HoldsAsync(() =>
    {
        if (condition())
        {
            return true;
        }

        Time.Advance(step ?? TimeSpan.FromMilliseconds(10));
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await provider.DisposeAsync();
    }

    public static void AssertDrawnBy(string server, ServerReply reply) => Assert.Equal(new ServerReply.Drawn(server, "3"), reply);
}
