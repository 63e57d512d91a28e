using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

/// <summary>The proxies of the services are there before the first of these and until after the last.</summary>
public sealed class ProxySupervisorTests : IDisposable
{
    private const string Services = """
        { "db": { "run": ["sh", "-c", "echo up; exec sleep 1000"], "ready": { "line": "up" }, "proxy": { "listen": 1, "upstream": 2 } },
          "api": { "run": ["sleep", "1000"], "needs": ["db"] } }
        """;

    private readonly Host host = new();
    private readonly TemporaryFolder folder = new();

    private string Place => folder["j.json.d"];

    private string Receipts => folder["j.json.d/proxy-receipts.jsonl"];

    public void Dispose() => folder.Dispose();

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
    [InlineData("{\"path\":\"/orders/later-than-that\"}\n{}\n", "{\"path\":\"/orders/*****\"}\n{}\n")]
    public async Task Their_receipts_stand_beside_the_journal_without_secrets_and_none_does_without_receipts(string written, string? kept)
    {
        await using var run = new ServiceRun(Services, secrets: new JsonObject { ["word"] = "hunter22-long" }, proxies: host)
        {
            Journal = Place,
        };
        Assert.Empty(await run.StartAsync());
        Assert.Equal((Receipts, "hunter22-long"), (host.Receipts!.Path, Assert.Single(host.Receipts.Secrets)));
        Assert.Equal("j.json.d/proxy-receipts.jsonl", Assert.Single(Proxies(run)).Receipts);
        File.AppendAllText(Receipts, written);
        run.Renew("hunter22-long", "later-than-that");
        Assert.Empty(await run.StopAsync());
        Assert.Equal(kept, File.Exists(Receipts) ? File.ReadAllText(Receipts) : null);
        Assert.Equal(kept is not null, Directory.Exists(Place));
        Assert.Empty(run.Notices);
    }

    [Fact]
    public async Task Receipts_in_which_a_later_secret_cannot_be_masked_are_removed()
    {
        Needs.That(OperatingSystem.IsLinux(), "needs Linux, which tells a file that has taken another's name apart");
        await using var run = new ServiceRun(Services, proxies: host) { Journal = Place };
        Assert.Empty(await run.StartAsync());
        File.AppendAllText(Receipts, "{}\n");
        run.Renew("later-than-that");
        using (File.Open(Receipts, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(await run.StopAsync());
        }

        Assert.StartsWith(
            "secrets in j.json.d/proxy-receipts.jsonl could not be masked, so it was removed: ",
            Assert.Single(run.Notices),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public async Task Receipts_of_a_later_run_with_the_same_journal_are_its_own()
    {
        Needs.That(OperatingSystem.IsLinux(), "needs Linux, which tells a file that has taken another's name apart");
        await using var late = new ServiceRun(Services, proxies: new Host()) { Journal = Place };
        await using (var early = new ServiceRun(Services, proxies: host) { Journal = Place })
        {
            Assert.Empty(await early.StartAsync());
            Assert.Empty(await late.StartAsync());
            File.AppendAllText(Receipts, "hunter22\n");
            early.Renew("hunter22");
            Assert.Empty(await early.StopAsync());
            Assert.Equal(
                ["j.json.d/proxy-receipts.jsonl is not the one of this run any more: somebody has removed it, or another run writes the same journal"],
                early.Notices);
        }

        Assert.Equal("hunter22\n", File.ReadAllText(Receipts));
    }

    [Fact]
    public async Task What_they_complain_of_is_told_when_they_are_ended()
    {
        await using var run = new ServiceRun(Services, proxies: host);
        Assert.Empty(await run.StartAsync());
        host.Complaints = ["3 of 4 decisions are not in it"];
        Assert.Empty(await run.StopAsync());
        Assert.Equal(["The fault proxies say: 3 of 4 decisions are not in it"], run.Notices);
    }

    [Fact]
    public async Task Where_they_cannot_be_kept_no_proxy_is_started_and_where_no_proxy_is_none_are_kept()
    {
        File.WriteAllText(Place, "");
        await using (var blocked = new ServiceRun(Services, proxies: host) { Journal = Place })
        {
            Assert.StartsWith(
                "the fault proxies were not started: what they hit cannot be kept beside the journal: ",
                Assert.Single(await blocked.StartAsync()),
                StringComparison.Ordinal);
            Assert.Equal(0, host.Starts);
        }

        host.Problem = "the port is taken";
        await using var run = new ServiceRun(Services, proxies: host) { Journal = folder["other.json.d"] };
        Assert.Single(await run.StartAsync());
        Assert.False(Directory.Exists(folder["other.json.d"]));
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
        Assert.StartsWith(
            "service 'db' was not started: listen must be a port", Assert.Single(await wrong.StartAsync()), StringComparison.Ordinal);

        await using var same = new ServiceRun(Open, new JsonObject { ["listen"] = 9 }, proxies: host);
        Assert.Equal(
            ["the fault proxies were not started: service 'api': the proxy of service 'db' listens on 127.0.0.1:9, too"],
            await same.StartAsync());
        Assert.Equal(0, host.Starts);
    }

    [Fact]
    public async Task One_that_is_gone_at_the_end_is_named_and_one_that_stays_as_well()
    {
        await using var run = new ServiceRun(Services, proxies: host);
        Assert.Empty(await run.StartAsync());
        host.Loss = "their process 1 was killed";
        host.Left = "process 1 still runs";

        Assert.Equal(
            ["the fault proxies are not there at the end of the run: their process 1 was killed"],
            (await run.Supervisor.FindLostAsync(waits: true)).Ours);
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

    private static IReadOnlyList<ServiceProxy> Proxies(ServiceRun run) =>
        run.Supervisor.Locations.Single(location => location.Name == "db").Proxies;

    private sealed class Host : IProxyHost, IProxyProcess
    {
        public const string Secret = "not-for-your-eyes";

        public int Starts { get; private set; }

        public int Stops { get; private set; }

        public long Seed { get; private set; }

        public ReceiptOrder? Receipts { get; private set; }

        public IReadOnlyList<string> Complaints { get; set; } = [];

        public string? Problem { get; set; }

        public string? Loss { get; set; }

        public string? Left { get; set; }

        public Uri Api { get; } = new("http://127.0.0.1:1/");

        public string Token => Secret;

        public ProcessIdentity Identity { get; } = new(1, 1);

        public Task<(IProxyProcess? Process, string? Problem)> StartAsync(
            IReadOnlyList<ServiceProxy> proxies,
            long seed,
            ReceiptOrder? receipts,
            RunEnvironment environment,
            CancellationToken cancellationToken)
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
