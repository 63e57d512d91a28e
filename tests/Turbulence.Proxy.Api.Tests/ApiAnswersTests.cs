using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>Requests, and what Toxiproxy's clients rely on being answered.</summary>
public sealed class ApiAnswersTests
{
    private const string Db = """{"name":"db","listen":"localhost:1","upstream":"localhost:9","enabled":false,"toxics":[]}""";
    private const string Slow =
        """{"attributes":{"latency":100,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0.5}""";
    private const string Missing = """{"error":"proxy not found","status":404}""";
    private const string NoToxic = """{"error":"toxic not found","status":404}""";

    // Of each: the server has the disabled proxy db, with the toxic latency_downstream.
    [Theory]
    [InlineData("GET", "/proxies/db/toxics", null, 200, $"[{Slow}]")]
    [InlineData("GET", "/proxies/db/toxics/latency_downstream", null, 200, Slow)]
    [InlineData("GET", "/version", null, 200, "{\"version\": \"2.12.0+turbulence.7.8.9\"}\n")]
    [InlineData("GET", "/proxies/nix", null, 404, Missing)]
    [InlineData("PATCH", "/proxies/nix", "{}", 404, Missing)]
    [InlineData("POST", "/proxies/nix", "{}", 404, Missing)]
    [InlineData("DELETE", "/proxies/nix", null, 404, Missing)]
    [InlineData("GET", "/proxies/nix/toxics", null, 404, Missing)]
    [InlineData("POST", "/proxies/nix/toxics", "{}", 404, Missing)]
    [InlineData("GET", "/proxies/nix/toxics/a", null, 404, Missing)]
    [InlineData("GET", "/proxies/db/toxics/nix", null, 404, NoToxic)]
    [InlineData("PATCH", "/proxies/db/toxics/nix", "{}", 404, NoToxic)]
    [InlineData("DELETE", "/proxies/db/toxics/nix", null, 404, NoToxic)]
    [InlineData("POST", "/proxies", """{"name":"db","upstream":"localhost:9"}""", 409, """{"error":"proxy already exists","status":409}""")]
    [InlineData("POST", "/proxies", """{"upstream":"localhost:9"}""", 400, """{"error":"missing required field: name","status":400}""")]
    [InlineData("POST", "/proxies", """{"name":"a"}""", 400, """{"error":"missing required field: upstream","status":400}""")]
    [InlineData("POST", "/proxies", """{"name":"a","upstream":""}""", 400, """{"error":"missing required field: upstream","status":400}""")]
    [InlineData(
        "POST",
        "/proxies",
        """{"name":1,"upstream":"localhost:9"}""",
        400,
        """{"error":"bad request body: name must be a text, not 1","status":400}""")]
    [InlineData("POST", "/proxies", "[]", 400, """{"error":"bad request body: it must be an object, not a list","status":400}""")]
    [InlineData("POST", "/proxies", "", 400, """{"error":"bad request body: it is empty","status":400}""")]
    [InlineData("POST", "/proxies/db/toxics", """{"type":"latency"}""", 409, """{"error":"toxic already exists","status":409}""")]
    [InlineData("POST", "/proxies/db/toxics", """{"type":"lag"}""", 400, """{"error":"invalid toxic type","status":400}""")]
    [InlineData("POST", "/proxies/db/toxics", """{}""", 400, """{"error":"invalid toxic type","status":400}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"latency","stream":"sideways"}""",
        400,
        """{"error":"stream was invalid, can be either upstream or downstream","status":400}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"latency","name":"x","toxicity":2}""",
        400,
        """{"error":"bad request body: toxicity must be a number from 0 to 1, not 2","status":400}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"latency","name":"x","attributes":{"latency":"soon"}}""",
        400,
        """{"error":"bad request body: latency: latency must be a number from 0 ms, not \"soon\"","status":400}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"latency","name":"x","attributes":[]}""",
        400,
        """{"error":"bad request body: attributes must be an object, not a list","status":400}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"noop","stream":"UPSTREAM","toxicity":-1}""",
        200,
        """{"attributes":{},"name":"noop_upstream","type":"noop","stream":"upstream","toxicity":1}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"noop","label":"slow primary"}""",
        200,
        """{"attributes":{},"name":"noop_downstream","type":"noop","stream":"downstream","toxicity":1,"label":"slow primary"}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics",
        """{"type":"noop","ttl":60000,"name":null}""",
        200,
        """{"attributes":{},"name":"noop_downstream","type":"noop","stream":"downstream","toxicity":1,"ttl":60000}""")]
    [InlineData(
        "PATCH",
        "/proxies/db/toxics/latency_downstream",
        """{"toxicity":-1,"attributes":{"jitter":3},"name":"other","type":"noop"}""",
        200,
        """{"attributes":{"latency":100,"jitter":3},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0.5}""")]
    [InlineData(
        "POST",
        "/proxies/db/toxics/latency_downstream",
        """{"toxicity":0}""",
        200,
        """{"attributes":{"latency":100,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0}""")]
    [InlineData("DELETE", "/proxies/db/toxics/latency_downstream", null, 204, "")]
    [InlineData("DELETE", "/proxies/db", null, 204, "")]
    [InlineData("POST", "/proxies/db/renew", null, 204, "")]
    [InlineData(
        "POST", "/populate", "{}", 400, """{"error":"bad request body: it must be a list, not an object","status":400,"proxies":[]}""")]
    [InlineData("POST", "/populate", "[]", 201, """{"proxies":[]}""")]
    [InlineData(
        "POST",
        "/populate",
        """[{"name":"a","upstream":"b:1"},{"name":"","upstream":"b:1"}]""",
        400,
        """{"error":"missing required field: name at proxy 2","status":400,"proxies":[]}""")]
    [InlineData(
        "POST",
        "/populate",
        """[{"name":"a","upstream":"b:1"},{"name":"b"}]""",
        400,
        """{"error":"missing required field: upstream at proxy 2","status":400,"proxies":[]}""")]
    [InlineData(
        "POST",
        "/populate",
        """[{"name":"a","upstream":"b:1"},{"name":"a","upstream":"b:1"}]""",
        400,
        """{"error":"bad request body: the proxy a stands in it twice","status":400,"proxies":[]}""")]
    [InlineData("GET", "/nix", null, 404, "404 page not found\n")]
    [InlineData("GET", "/proxies/", null, 404, "404 page not found\n")]
    [InlineData("PUT", "/proxies", null, 405, "")]
    [InlineData("GET", "/populate", null, 405, "")]
    public async Task A_request_is_answered_as_Toxiproxys_clients_expect_it(
        string method, string path, string? body, int status, string answer)
    {
        await using var api = await ApiServer.StartAsync(new ProxyApiOptions { Version = "7.8.9" });
        Assert.Equal(
            (201, Db),
            await api.AskAsync("POST", "/proxies", """{"name":"db","listen":"localhost:1","upstream":"localhost:9","enabled":false}"""));
        Assert.Equal(
            (200, Slow),
            await api.AskAsync("POST", "/proxies/db/toxics", """{"type":"latency","toxicity":0.5,"attributes":{"latency":100}}"""));

        Assert.Equal((status, answer), await api.AskAsync(method, path, body));
    }

    [Fact]
    public async Task An_enabled_proxy_tells_the_address_that_was_resolved_and_a_disabled_one_what_was_given()
    {
        await using var api = await ApiServer.StartAsync();
        var proxy = await api.JsonAsync("POST", "/proxies", """{"name":"db","listen":"localhost:0","upstream":"localhost:9"}""");
        var listen = (string)proxy["listen"]!;
        Assert.Matches(@"^127\.0\.0\.1:[1-9]\d*$", listen);
        Assert.Equal(listen, (string)(await api.JsonAsync("GET", "/proxies/db"))["listen"]!);
        Assert.Equal(listen, (string)(await api.JsonAsync("GET", "/proxies"))["db"]!["listen"]!);

        await api.JsonAsync("POST", "/proxies", """{"name":"off","listen":"localhost:0","upstream":"localhost:9","enabled":false}""");
        Assert.Equal("localhost:0", (string)(await api.JsonAsync("GET", "/proxies/off"))["listen"]!);
    }

    [Fact]
    public async Task A_port_that_the_system_chose_stays_when_the_proxy_is_disabled_and_enabled_again()
    {
        await using var api = await ApiServer.StartAsync();
        var listen = (string)(await api.JsonAsync("POST", "/proxies", """{"name":"db","listen":"localhost:0","upstream":"localhost:9"}"""))[
            "listen"]!;
        Assert.Equal(
            listen.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            (string)(await api.JsonAsync("PATCH", "/proxies/db", """{"enabled":false}"""))["listen"]!);
        Assert.Equal(listen, (string)(await api.JsonAsync("PATCH", "/proxies/db", """{"enabled":true}"""))["listen"]!);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_port_that_is_taken_is_a_500_with_the_systems_reason(string host)
    {
        await using var api = await ApiServer.StartAsync();
        var (listener, address) = ApiServer.TakenPort();
        using (listener)
        {
            Assert.Equal(
                (500, $$"""{"error":"listen tcp {{address}}: bind: address already in use","status":500}"""),
                await api.AskAsync(
                    "POST",
                    "/proxies",
                    $$"""{"name":"db","listen":"{{address.Replace("127.0.0.1", host, StringComparison.Ordinal)}}","upstream":"localhost:9"}"""));
            Assert.Equal((200, "{}"), await api.AskAsync("GET", "/proxies"));
        }
    }

    [Fact]
    public async Task Populate_keeps_what_was_made_before_the_first_that_cannot_be()
    {
        await using var api = await ApiServer.StartAsync();
        var (listener, address) = ApiServer.TakenPort();
        using (listener)
        {
            var (status, body) = await api.AskAsync("POST", "/populate", $$"""
                [{"name":"a","upstream":"localhost:9"}, {"name":"b","listen":"{{address}}","upstream":"localhost:9"}, {"name":"c","upstream":"localhost:9"}]
                """);
            Assert.Equal(500, status);
            Assert.Equal("a", (string)Assert.Single(JsonNode.Parse(body)!["proxies"]!.AsArray())!["name"]!);
            Assert.Equal(["a"], (await api.JsonAsync("GET", "/proxies")).Select(proxy => proxy.Key));
        }
    }

    [Fact]
    public async Task Populate_leaves_a_proxy_that_is_equal_with_its_toxics_and_replaces_another_one()
    {
        await using var api = await ApiServer.StartAsync();
        var listen = (string)(await api.JsonAsync("POST", "/proxies", """{"name":"db","upstream":"localhost:9"}"""))["listen"]!;
        await api.JsonAsync("POST", "/proxies/db/toxics", """{"type":"latency"}""");
        var port = listen.Split(':')[1];

        foreach (var same in new[] { listen, $"localhost:{port}" })
        {
            await api.JsonAsync("POST", "/populate", $$"""[{"name":"db","listen":"{{same}}","upstream":"localhost:9","enabled":false}]""");
            var proxy = await api.JsonAsync("GET", "/proxies/db");
            Assert.Single(proxy["toxics"]!.AsArray());
            Assert.False((bool)proxy["enabled"]!);
            await api.JsonAsync("POST", "/populate", $$"""[{"name":"db","listen":"{{same}}","upstream":"localhost:9"}]""");
            Assert.True((bool)(await api.JsonAsync("GET", "/proxies/db"))["enabled"]!);
        }

        await api.JsonAsync("POST", "/populate", $$"""[{"name":"db","listen":"{{listen}}","upstream":"localhost:10"}]""");
        var other = await api.JsonAsync("GET", "/proxies/db");
        Assert.Empty(other["toxics"]!.AsArray());
        Assert.Equal("localhost:10", (string)other["upstream"]!);
    }

    [Fact]
    public async Task A_proxy_comes_with_its_toxics_and_populate_lets_it_have_just_those_that_are_given()
    {
        await using var api = await ApiServer.StartAsync();
        var made = await api.JsonAsync("POST", "/proxies", """
            {"name":"db","upstream":"localhost:9","ttl":60000,"toxics":[{"type":"latency","attributes":{"latency":5}},{"type":"timeout","stream":"upstream"}]}
            """);
        Assert.Equal(["timeout_upstream", "latency_downstream"], made["toxics"]!.AsArray().Select(toxic => (string)toxic!["name"]!));
        Assert.Equal(60000, (double)made["ttl"]!);
        var listen = (string)made["listen"]!;

        await api.JsonAsync(
            "POST",
            "/populate",
            $$$"""[{"name":"db","listen":"{{{listen}}}","upstream":"localhost:9","toxics":[{"type":"latency","attributes":{"latency":5}},{"type":"noop"}]}]""");

        Assert.Equal(["latency_downstream", "noop_downstream"], (await api.JsonAsync("GET", "/proxies/db"))["toxics"]!
            .AsArray()
            .Select(toxic => (string)toxic!["name"]!));
    }

    [Fact]
    public async Task A_reset_enables_all_and_removes_all_toxics()
    {
        await using var api = await ApiServer.StartAsync();
        await api.JsonAsync(
            "POST",
            "/populate",
            """[{"name":"a","upstream":"localhost:9","enabled":false,"toxics":[{"type":"latency"}]},{"name":"b","upstream":"localhost:9","toxics":[{"type":"noop"}]}]""");

        Assert.Equal((204, ""), await api.AskAsync("POST", "/reset"));

        foreach (var (_, proxy) in await api.JsonAsync("GET", "/proxies"))
        {
            Assert.True((bool)proxy!["enabled"]!);
            Assert.Empty(proxy["toxics"]!.AsArray());
        }
    }

    [Fact]
    public async Task Names_with_slashes_blanks_and_other_letters_can_be_asked_for()
    {
        await using var api = await ApiServer.StartAsync();
        const string name = "a/b c%ü\"\n";
        await api.JsonAsync("POST", "/proxies", new JsonObject { ["name"] = name, ["upstream"] = "localhost:9" }.ToJsonString());

        Assert.Equal(name, (string)(await api.JsonAsync("GET", $"/proxies/{Uri.EscapeDataString(name)}"))["name"]!);
        var (_, metrics) = await api.AskAsync("GET", "/metrics");
        Assert.Contains("turbulence_proxy_enabled{proxy=\"a/b c%ü\\\"\\n\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_and_the_server_goes_on()
    {
        await using var api = await ApiServer.StartAsync();

        // Its length alone says so. Who goes on to send is cut off, and may learn of that before he has read the answer.
        Assert.StartsWith(
            "HTTP/1.1 413 ", await api.BeginAsync("POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2097152\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal((200, "{}"), await api.AskAsync("GET", "/proxies"));
    }

    [Fact]
    public async Task A_proxy_for_datagrams_is_made_and_told_apart()
    {
        await using var api = await ApiServer.StartAsync();
        var made = await api.JsonAsync(
            "POST",
            "/proxies",
            """{"name":"dns","upstream":"127.0.0.1:53","protocol":"udp","flow_timeout":5000,"most_flows":10,"toxics":[{"type":"loss","toxicity":0.5}]}""");
        Assert.Equal(("udp", "loss_downstream"), ((string)made["protocol"]!, (string)made["toxics"]![0]!["name"]!));
        Assert.Equal(
            (400, """{"error":"bad request body: slicer is for connections, and dns passes datagrams on; those can have latency, corrupt, blackhole, noop, loss, duplicate, reorder","status":400}"""),
            await api.AskAsync("POST", "/proxies/dns/toxics", """{"type":"slicer"}"""));
        Assert.Equal(
            (400, """{"error":"bad request body: protocol must be tcp or udp, not sctp","status":400}"""),
            await api.AskAsync("POST", "/proxies", """{"name":"a","upstream":"a:1","protocol":"sctp"}"""));
        Assert.Equal(
            400, (await api.AskAsync("POST", "/proxies", """{"name":"a","upstream":"a:1","protocol":"udp","most_flows":0}""")).Status);

        // The same name for the other protocol is another proxy.
        await api.JsonAsync("POST", "/populate", """[{"name":"dns","listen":"127.0.0.1:0","upstream":"127.0.0.1:53"}]""");
        Assert.False((await api.JsonAsync("GET", "/proxies/dns")).ContainsKey("protocol"));
    }

    [Theory]
    [InlineData("GET", "/proxies", 200)]
    [InlineData("POST", "/reset", 204)]
    [InlineData("GET", "/proxies/nix", 404)]
    [InlineData("GET", "/nix", 404)]
    [InlineData("PUT", "/proxies", 405)]
    public async Task Every_answer_has_a_number_of_its_own(string method, string path, int status)
    {
        await using var api = await ApiServer.StartAsync();
        using var first = await api.SendAsync(method, path);
        using var second = await api.SendAsync(method, path);
        Assert.Equal(status, (int)first.StatusCode);
        var ids = new[] { first, second }.Select(response => Assert.Single(response.Headers.GetValues("X-Toxiproxy-Request-Id"))).ToArray();
        Assert.NotEqual(ids[0], ids[1]);
    }
}
