using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

/// <summary>The proxies of the services are there before the first of these and until after the last.</summary>
public sealed class ProxySupervisorTests
{
    private const string Services = """
        { "db": { "run": ["sh", "-c", "echo up; exec sleep 1000"], "ready": { "line": "up" }, "proxy": { "listen": 1, "upstream": 2 } },
          "api": { "run": ["sleep", "1000"], "needs": ["db"] } }
        """;

    private readonly Host host = new();

    [Fact]
    public async Task They_are_started_before_the_services_and_ended_after_them()
    {
        await using var run = new ServiceRun(Services, proxies: host);
        Assert.Equal(new ServiceProxy("db", null, null) { Listen = "127.0.0.1:1", Upstream = "localhost:2" }, Assert.Single(Proxies(run)));

        Assert.Empty(await run.StartAsync());
        var proxy = Assert.Single(Proxies(run));
        Assert.Equal((host.Api, Host.Secret, host.Identity), (proxy.Api, proxy.Token, proxy.Process));
        Assert.Equal(7, host.Seed);
        Assert.Empty((await run.Supervisor.FindLostAsync(waits: false)).Ours);
        Assert.Empty(await run.StopAsync());
        Assert.Empty(await run.StopAsync());

        Assert.Equal(["fault proxies starting", "fault proxies ready", "db starting", "db ready"], run.Steps.Take(4));
        Assert.Equal(["db stopped", "fault proxies stopping", "fault proxies stopped"], run.Steps.TakeLast(3));
        Assert.DoesNotContain(run.Details, detail => detail.Contains(Host.Secret, StringComparison.Ordinal));
        Assert.Equal(1, host.Stops);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("""{"path":"/orders/hunter22-long"}""", """{"path":"/orders/*****"}""")]
    public async Task Their_receipts_stand_beside_the_journal_without_secrets_and_none_does_without_receipts(string written, string? kept)
    {
        using var folder = new TemporaryFolder();
        await using var run = new ServiceRun(Services, secrets: new JsonObject { ["word"] = "hunter22-long" }, proxies: host) { Journal = folder.File("j.json.d") };
        Assert.Empty(await run.StartAsync());
        Assert.Equal(folder.File("j.json.d/proxy-receipts.jsonl"), host.Receipts);
        Assert.Equal("j.json.d/proxy-receipts.jsonl", Assert.Single(Proxies(run)).Receipts);
        await File.AppendAllTextAsync(host.Receipts!, written, TestContext.Current.CancellationToken);
        Assert.Empty(await run.StopAsync());
        Assert.Equal(kept, File.Exists(host.Receipts) ? await File.ReadAllTextAsync(host.Receipts, TestContext.Current.CancellationToken) : null);
        Assert.Equal(kept is not null, Directory.Exists(folder.File("j.json.d")));
    }

    [Fact]
    public async Task Where_they_cannot_be_kept_no_proxy_is_started_and_where_no_proxy_is_none_are_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("j.json.d"), "");
        await using (var blocked = new ServiceRun(Services, proxies: host) { Journal = folder.File("j.json.d") })
        {
            Assert.StartsWith("the fault proxies were not started: what they hit cannot be kept beside the journal: ", Assert.Single(await blocked.StartAsync()), StringComparison.Ordinal);
            Assert.Equal(0, host.Starts);
        }

        host.Problem = "the port is taken";
        await using var run = new ServiceRun(Services, proxies: host) { Journal = folder.File("other.json.d") };
        Assert.Single(await run.StartAsync());
        Assert.False(Directory.Exists(folder.File("other.json.d")));
    }

    [Fact]
    public async Task Where_they_cannot_be_started_no_service_is()
    {
        host.Problem = "the port is taken";
        await using var run = new ServiceRun(Services, proxies: host);

        Assert.Equal(["the fault proxies were not started: the port is taken"], await run.StartAsync());
        Assert.Equal(["fault proxies starting", "fault proxies failed"], run.Steps);
    }

    [Fact]
    public async Task Where_nobody_can_start_them_no_service_is()
    {
        await using var run = new ServiceRun(Services);
        Assert.Equal(["the fault proxies were not started: this program has none"], await run.StartAsync());
    }

    [Fact]
    public async Task They_are_not_started_for_a_service_that_cannot_be()
    {
        const string Open = """
            { "db": { "run": ["sleep", "1000"], "proxy": { "listen": "${listen}", "upstream": 2 } },
              "api": { "run": ["sleep", "1000"], "proxy": { "listen": 9, "upstream": 3 } } }
            """;
        await using var wrong = new ServiceRun(Open, new JsonObject { ["listen"] = 70000 }, proxies: host);
        Assert.StartsWith("service 'db' was not started: listen must be a port", Assert.Single(await wrong.StartAsync()), StringComparison.Ordinal);

        await using var same = new ServiceRun(Open, new JsonObject { ["listen"] = 9 }, proxies: host);
        Assert.Equal(["the fault proxies were not started: service 'api': the proxy of service 'db' listens on 127.0.0.1:9, too"], await same.StartAsync());
        Assert.Equal(0, host.Starts);
    }

    [Fact]
    public async Task One_that_is_gone_at_the_end_is_named_and_one_that_stays_as_well()
    {
        await using var run = new ServiceRun(Services, proxies: host);
        Assert.Empty(await run.StartAsync());
        host.Loss = "their process 1 was killed";
        host.Left = "process 1 still runs";

        Assert.Equal(["the fault proxies are not there at the end of the run: their process 1 was killed"], (await run.Supervisor.FindLostAsync(waits: true)).Ours);
        Assert.Equal(["the fault proxies could not be ended: process 1 still runs"], await run.StopAsync());
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_none()
    {
        await using var run = new ServiceRun(Services, proxies: host);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.StartAsync(cancelled.Token));
        Assert.Empty(await run.StopAsync());
        Assert.Equal(0, host.Stops);
    }

    private static IReadOnlyList<ServiceProxy> Proxies(ServiceRun run) => run.Supervisor.Locations.Single(location => location.Name == "db").Proxies;

    private sealed class Host : IProxyHost, IProxyProcess
    {
        public const string Secret = "not-for-your-eyes";

        public int Starts { get; private set; }

        public int Stops { get; private set; }

        public long Seed { get; private set; }

        public string? Receipts { get; private set; }

        public string? Problem { get; set; }

        public string? Loss { get; set; }

        public string? Left { get; set; }

        public Uri Api { get; } = new("http://127.0.0.1:1/");

        public string Token => Secret;

        public ProcessIdentity Identity { get; } = new(1, 1);

        public Task<(IProxyProcess? Process, string? Problem)> StartAsync(
            IReadOnlyList<ServiceProxy> proxies, long seed, string? receipts, RunEnvironment environment, CancellationToken cancellationToken)
        {
            Receipts = receipts;
            cancellationToken.ThrowIfCancellationRequested();
            Starts++;
            Seed = seed;
            return Task.FromResult<(IProxyProcess?, string?)>(Problem is null ? (this, null) : (null, Problem));
        }

        public Task<string?> FindLossAsync() => Task.FromResult(Loss);

        public Task<string?> StopAsync()
        {
            Stops++;
            return Task.FromResult(Left);
        }
    }
}
