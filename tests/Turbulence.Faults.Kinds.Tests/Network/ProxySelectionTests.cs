using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Services;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>How faults of the network are told whom they hit, before there is a proxy to ask.</summary>
public sealed class ProxySelectionTests
{
    private static readonly ServiceLocation Front = new("front", null, null)
    {
        Proxies = [Declared("front", null), Declared("db-to-front", "db")],
    };
    private static readonly ServiceLocation Shop = new("shop", null, null)
    {
        Proxies = [Declared("front-to-shop", "front"), Declared("mail-to-shop", "mail")],
    };
    private static readonly ServiceLocation Database = new("db", null, null) { Proxies = [Declared("db", null)] };
    private static readonly ServiceLocation Names = new("names", null, null)
    {
        Proxies = [
        Declared("names", null), Declared("names-udp", null) with { IsUdp = true }, Declared("shop-to-names", "shop") with { IsUdp = true },
    ]
    };
    private static readonly ServiceLocation Mail = new("mail", null, null);

    [Theory]
    [InlineData("network.latency", """{"service": "shop", "from": "front"}""", 1, "front-to-shop")]
    [InlineData("network.latency", """{"service": "shop"}""", 2, "front-to-shop, mail-to-shop")]
    [InlineData("network.latency", """{"service": "db"}""", 1, "db")]
    [InlineData("network.partition", """{"between": "front", "and": "shop"}""", 1, "front-to-shop")]
    [InlineData("network.partition", """{"between": "front", "and": "db"}""", 2, "db, db-to-front")]
    [InlineData("network.partition", """{"between": "front", "and": ["shop", "db"]}""", 3, "front-to-shop, db, db-to-front")]
    [InlineData("network.partition", """{"between": "shop", "and": "front"}""", 2, "front, front-to-shop")]
    [InlineData("network.latency", """{"service": "names"}""", 3, "names, names-udp, shop-to-names")]
    [InlineData("network.reset", """{"service": "names"}""", 1, "names")]
    [InlineData("network.loss", """{"service": "names"}""", 2, "names-udp, shop-to-names")]
    [InlineData("network.loss", """{"service": "names", "from": "shop"}""", 1, "shop-to-names")]
    [InlineData("network.partition", """{"between": "shop", "and": "names"}""", 2, "names, shop-to-names")]
    [InlineData("network.partition", """{"between": "front", "and": "names"}""", 2, "names, names-udp")]
    public async Task The_plan_says_in_words_which_declared_proxies_would_be_hit(string kind, string arguments, int targets, string proxies)
    {
        var plan = (await PlanAsync(kind, arguments)).Plan;
        Assert.Equal(proxies, string.Join(", ", plan!.Targets.Select(target => target.Text.Split('\'')[1])));
        Assert.Equal(targets, plan.Targets.Select(target => target.Key).Distinct().Count());
        Assert.Matches(@" \((udp )?127\.0\.0\.1:1 -> localhost:2\) which the run starts", plan.Text);
        Assert.StartsWith("remove the fault's toxic from proxy ", plan.UndoText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network.latency", "{}", "network.latency takes exactly one of service and proxy; here it is none")]
    [InlineData(
        "network.latency",
        """{"service": "shop", "proxy": "a"}""",
        "network.latency takes exactly one of service and proxy; here it is service and proxy")]
    [InlineData(
        "network.latency",
        """{"service": "shop", "from": "db"}""",
        "service 'shop' has no fault proxy for 'db'; it has one for 'front' and one for 'mail'")]
    [InlineData(
        "network.latency",
        """{"service": "db", "from": "front"}""",
        "service 'db' has no fault proxy for 'front'; it has one for whoever comes")]
    [InlineData(
        "network.latency", """{"service": "mail"}""", "service 'mail' is reached through no fault proxy: give it one, \"proxy\": {\"listen\": PORT, \"upstream\": PORT}, or name one that runs already with 'proxy'")]
    [InlineData(
        "network.reset",
        """{"service": "names", "from": "shop"}""",
        "the fault proxy of service 'names' for 'shop' passes datagrams of UDP on, and network.reset hits connections of TCP alone")]
    [InlineData(
        "network.loss",
        """{"service": "db"}""",
        "the fault proxy of service 'db' passes connections of TCP on, and network.loss hits datagrams of UDP alone")]
    [InlineData(
        "network.reorder",
        """{"service": "shop"}""",
        "each fault proxy of service 'shop' passes connections of TCP on, and network.reorder hits datagrams of UDP alone")]
    [InlineData(
        "network.latency",
        """{"service": "shop", "api": "http://localhost:1"}""",
        "'api' goes with 'proxy'; the run itself knows the API of a service's proxy")]
    [InlineData("network.latency", """{"proxy": "a", "from": "front"}""", "'from' goes with 'service'")]
    [InlineData(
        "network.latency",
        """{"proxy": []}""",
        "the argument 'proxy' of network.latency must be a text that is not empty, or a list of such, not []")]
    [InlineData(
        "network.latency",
        """{"proxy": ["a", 7]}""",
        "the argument 'proxy' of network.latency must be a text that is not empty, or a list of such, not [\"a\",7]")]
    [InlineData(
        "network.latency",
        """{"proxy": "a", "api": "http://me:secret@localhost"}""",
        "the argument 'api' of network.latency must be a URL such as http://localhost:8474, not \"http://me:secret@localhost\"")]
    [InlineData(
        "network.latency",
        """{"proxy": "a", "toxicity": 0}""",
        "the argument 'toxicity' of network.latency must be a number above 0 to 1, not 0")]
    [InlineData("network.partition", """{"between": "shop", "and": "shop"}""", "service 'shop' cannot be cut off from itself")]
    [InlineData(
        "network.partition",
        """{"between": "db", "and": ["front", "mail"]}""",
        "neither 'db' reaches 'mail' through a fault proxy nor the other way: service 'mail' is reached through no fault proxy: give it one, \"proxy\": {\"listen\": PORT, \"upstream\": PORT}")]
    [InlineData(
        "network.partition",
        """{"between": "shop", "and": ["front", "frnt"]}""",
        "the experiment has no service 'frnt' (did you mean 'front'?); it has db, front, mail, names, shop")]
    [InlineData(
        "network.http.status",
        """{"service": "db", "path": "orders"}""",
        "the argument 'path' of network.http.status must be a path such as /orders/{id}, not orders")]
    public async Task What_cannot_be_meant_is_refused_by_validation_and_plan_in_the_same_words(
        string kind, string arguments, string expected)
    {
        Assert.Equal(expected, (await PlanAsync(kind, arguments)).Problem);
        Assert.Equal(expected, string.Join('\n', Problems(kind, arguments)));
    }

    [Theory]
    [InlineData("network.latency", """{"service": "${which}", "from": "front"}""")]
    [InlineData("network.latency", """{"service": "shop", "from": "${who}"}""")]
    [InlineData("network.latency", """{"proxy": ["a", "${b}"], "latency": 1}""")]
    [InlineData("network.partition", """{"between": "shop", "and": ["${others}"]}""")]
    public void What_only_the_run_knows_is_left_for_it(string kind, string arguments) => Assert.Empty(Problems(kind, arguments));

    [Fact]
    public async Task A_proxy_that_the_run_has_not_started_is_not_hit()
    {
        var request = Request("network.latency", """{"service": "db"}""");
        await using var fault = await FaultCase.MakeAsync("network.latency", request);
        Assert.Equal("the run has not started proxy 'db' (127.0.0.1:1 -> localhost:2)", await fault.TryInjectAsync());
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [InlineData("names", "network.loss", " on a share of 0.5 of the datagrams, ")]
    [InlineData("names", "network.latency", " on a share of 0.5 of the connections, ")]
    public async Task The_plan_says_of_what_a_share_is_hit(string service, string kind, string expected) =>
        Assert.Contains(
            expected, (await PlanAsync(kind, $$"""{"service": "{{service}}", "toxicity": 0.5}""")).Plan!.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(5.0, 35_000)]
    [InlineData(null, 86_400_000)]
    public async Task The_last_line_comes_after_the_duration(double? seconds, long expected)
    {
        var request = Request("network.latency", """{"service": "db"}""") with
        {
            Duration = seconds is { } limit ? TimeSpan.FromSeconds(limit) : null,
        };
        var plan = (await FaultCase.PlanAsync("network.latency", request)).Plan;
        Assert.Equal(expected, (long)plan!.Undo["toxic"]!["ttl"]!);
    }

    private static ServiceProxy Declared(string name, string? from) =>
        new(name, from, null) { Listen = "127.0.0.1:1", Upstream = "localhost:2" };

    private static FaultRequest Request(string kind, string arguments)
    {
        var all = JsonNode.Parse(arguments)!.AsObject();
        if (kind == "network.latency")
        {
            all["latency"] = 20;
        }

        return FaultCase.Request(all) with
        {
            Services = new[] { Front, Shop, Database, Mail, Names }.ToDictionary(service => service.Name),
            MaxTargets = 3,
        };
    }

    private static Task<FaultPlanning> PlanAsync(string kind, string arguments) => FaultCase.PlanAsync(kind, Request(kind, arguments));

    private static IEnumerable<string> Problems(string name, string arguments)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        var request = Request(name, arguments);
        return new ArgumentCheck(kind!.Description, [.. request.Services.Keys]) { AreWritten = true, Proxies = request.Proxies }
            .Problems(request.Arguments)
            .Select(problem => problem.Text);
    }
}
