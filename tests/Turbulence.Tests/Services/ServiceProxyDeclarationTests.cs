using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Services;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

/// <summary>What a service says of the proxies through which it is reached.</summary>
public sealed class ServiceProxyDeclarationTests
{
    [Theory]
    [InlineData("5", "/s/proxy: proxy must be a map with listen and upstream, or a list of such maps")]
    [InlineData("[5]", "/s/proxy/0: proxy must be a map with listen and upstream, or a list of such maps")]
    [InlineData(
        """{ "upstream": 2 }""",
        "/s/proxy: a proxy must have a listen entry: the port of this machine, or host:port, where it takes connections")]
    [InlineData(
        """{ "listen": 0 }""",
        "/s/proxy/listen: listen must be a port of this machine, 1 to 65535, or \"host:port\"; whoever calls has to know it")]
    [InlineData(
        """{ "listen": "localhost" }""",
        "/s/proxy/listen: listen must be a port of this machine, 1 to 65535, or \"host:port\"; whoever calls has to know it")]
    [InlineData(
        """{ "listen": 9, "upstream": 65536 }""",
        "/s/proxy/upstream: upstream must be \"host:port\", or a port of this machine, 1 to 65535")]
    [InlineData("""{ "listen": 9, "upstream": "127.0.0.1:9" }""", "/s/proxy/upstream: the proxy would ask itself")]
    [InlineData("""{ "listen": "0.0.0.0:9", "upstream": 9 }""", "/s/proxy/upstream: the proxy would ask itself")]
    [InlineData("""{ "listen": "[::1]:9", "upstream": 9 }""", "/s/proxy/upstream: the proxy would ask itself")]
    [InlineData(
        """[{ "listen": 9, "upstream": 10 }, { "listen": 10, "upstream": 9, "from": "caller" }]""",
        "/s/proxy/1/upstream: the proxies would ask each other in a circle: caller-to-s -> s -> caller-to-s")]
    [InlineData("""{ "listen": 1 }""", "/s/proxy/listen: 1 is the port of service 's' itself")]
    [InlineData("""{ "listen": 1, "upstream": 1, "protocol": "udp" }""", "/s/proxy/upstream: the proxy would ask itself")]
    [InlineData(
        """{ "listen": 9, "protocol": "sctp" }""", "/s/proxy/protocol: protocol must be tcp, for connections, or udp, for datagrams")]
    [InlineData(
        """{ "listen": 9, "protocol": "UPD" }""",
        "/s/proxy/protocol: protocol must be tcp, for connections, or udp, for datagrams (did you mean 'udp'?)")]
    [InlineData("""{ "listen": 9, "protocol": 17 }""", "/s/proxy/protocol: protocol must be tcp, for connections, or udp, for datagrams")]
    [InlineData(
        """[{ "listen": 9 }, { "listen": 9, "protocol": "udp" }]""",
        "/s/proxy/1/name: another proxy has the name 's', too; give one of them another name")]
    [InlineData(
        """[{ "listen": 9, "protocol": "udp" }, { "listen": 10, "protocol": "udp", "name": "x" }]""",
        "/s/proxy/1: another proxy of this service is for every caller, too; give each the name of its caller with from")]
    [InlineData("""{ "listen": 9, "from": "callr" }""", "/s/proxy/from: there is no service 'callr' (did you mean 'caller'?)")]
    [InlineData("""{ "listen": 9, "from": 5 }""", "/s/proxy/from: from must be a text")]
    [InlineData(
        """{ "listen": 9, "name": "a/b" }""", "/s/proxy/name: 'a/b' cannot be the name of a proxy: it stands in URLs, so it is made of letters, digits, '.', '_' and '-', and begins with a letter or a digit")]
    [InlineData(
        """[{ "listen": 9 }, { "listen": 10 }]""",
        "/s/proxy/1: another proxy of this service is for every caller, too; give each the name of its caller with from")]
    [InlineData(
        """[{ "listen": 9, "from": "caller" }, { "listen": 10, "from": "caller", "name": "x" }]""",
        "/s/proxy/1/from: another proxy of this service is for 'caller', too")]
    [InlineData(
        """[{ "listen": 9 }, { "listen": "localhost:9", "from": "caller" }]""",
        "/s/proxy/1/listen: the proxy of service 's' listens on 127.0.0.1:9, too")]
    [InlineData(
        """[{ "listen": 9, "name": "x" }, { "listen": 10, "from": "caller", "name": "x" }]""",
        "/s/proxy/1/name: another proxy has the name 'x', too; give one of them another name")]
    public void What_is_wrong_with_a_proxy_is_told_at_its_place(string proxy, string expected) =>
        Assert.Equal(
            [expected],
            Problems($$"""{ "caller": { "run": ["c"] }, "s": { "run": ["a"], "ready": { "tcp": 1 }, "proxy": {{proxy}} } }""").Select(At));

    [Fact]
    public void Without_a_port_of_its_own_a_service_has_to_say_whom_the_proxy_asks() => Assert.Equal(
        ["/s/proxy: a proxy must have an upstream entry, a port of this machine or host:port, where the service's ready has neither url nor tcp"],
        Problems("""{ "s": { "run": ["a"], "ready": { "line": "up" }, "proxy": { "listen": 9 } } }""").Select(At));

    [Fact]
    public void A_name_that_is_made_of_those_of_services_has_to_be_one() => Assert.Equal(
        ["/my db/proxy: 'my db' cannot be the name of a proxy; give it a name of letters, digits, '.', '_' and '-'"],
        Problems("""{ "my db": { "run": ["a"], "ready": { "tcp": 1 }, "proxy": { "listen": 9 } } }""").Select(At));

    [Fact]
    public void A_circle_of_many_is_told_once_where_it_closes_and_a_row_is_none() => Assert.Equal(
        ["/d/proxy/upstream: the proxies would ask each other in a circle: d -> b -> c -> d"],
        Problems("""
            { "a": { "run": ["a"], "proxy": { "listen": 11, "upstream": 12 } },
              "b": { "run": ["b"], "proxy": { "listen": "0.0.0.0:12", "upstream": "127.0.0.1:13" } },
              "c": { "run": ["c"], "proxy": { "listen": 13, "upstream": "LOCALHOST:14" } },
              "d": { "run": ["d"], "proxy": { "listen": 14, "upstream": 12 } },
              "e": { "run": ["e"], "proxy": { "listen": 14, "upstream": 11, "protocol": "udp" } } }
            """).Select(At));

    [Fact]
    public void A_name_of_this_machine_is_that_of_either_address_and_either_way_may_be_the_circle() => Assert.Equal(
        ["/d/proxy/upstream: the proxies would ask each other in a circle: d -> c -> d"],
        Problems("""
            { "a": { "run": ["a"], "proxy": { "listen": "[::1]:10", "upstream": "127.0.0.1:10" } },
              "b": { "run": ["b"], "proxy": { "listen": "127.0.0.1:11", "upstream": 12 } },
              "c": { "run": ["c"], "proxy": { "listen": "[::1]:11", "upstream": "[::1]:13" } },
              "d": { "run": ["d"], "proxy": { "listen": "[::1]:13", "upstream": "localhost:11" } } }
            """).Select(At));

    [Fact]
    public void A_long_row_is_looked_through_once_for_each_of_its_proxies()
    {
        var row = Enumerable
            .Range(1, 1000)
            .Select(i => $$"""  "s{{i}}": { "run": ["a"], "proxy": { "listen": {{20000 + i}}, "upstream": {{19999 + i}} } }""");
        Assert.Equal(
            ["/last/proxy/upstream: the proxies would ask each other in a circle: last -> s1000"],
            Problems($$"""{ {{string.Join(',', row)}}, "last": { "run": ["a"], "proxy": { "listen": 20000, "upstream": 21000 } } }""")
                .Select(At)
                .Select(text => text.Split(" -> s999")[0]));
    }

    [Fact]
    public void Udp_has_ports_of_its_own()
    {
        const string Services = """
            { "dns": { "run": ["d"], "ready": { "tcp": 53 }, "proxy": [
                { "listen": 153, "protocol": "tcp" }, { "listen": 153, "protocol": "udp", "name": "dns-udp" }, { "listen": 53, "upstream": "${up}", "protocol": "${how}", "name": "other" }] } }
            """;
        Assert.Empty(Problems(Services));
        var dns = Assert.Single(Read(Services, new JsonObject { ["up"] = 54, ["how"] = "udp" }));
        Assert.Equal([
            "dns False 127.0.0.1:153", "dns-udp True 127.0.0.1:153", "other True 127.0.0.1:53",
        ], dns.Proxies.Select(proxy => $"{proxy.Name} {proxy.IsUdp} {proxy.Listen}"));
        Assert.StartsWith(
            "protocol must be",
            Assert.Single(Read(Services, new JsonObject { ["up"] = 54, ["how"] = "x" })).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_services_cannot_have_one_proxy() => Assert.Equal(
        ["/b/proxy/listen: the proxy of service 'a' listens on 127.0.0.1:9, too", "/c/proxy/listen: 1 is the port of service 'a' itself"],
        Problems("""
            { "a": { "run": ["a"], "ready": { "tcp": 1 }, "proxy": { "listen": 9 } },
              "b": { "run": ["b"], "ready": { "tcp": 2 }, "proxy": { "listen": 9 } },
              "c": { "run": ["c"], "ready": { "tcp": 3 }, "proxy": { "listen": "0.0.0.0:1" } } }
            """).Select(At));

    [Fact]
    public void What_is_left_out_is_made_of_the_service_and_its_caller()
    {
        var services = Read("""
            { "shop": { "run": ["s"] },
              "db": { "run": ["d"], "ready": { "tcp": "[::1]:5432" }, "proxy": [{ "listen": 15432 }, { "listen": "0.0.0.0:15433", "from": "shop" }, { "listen": 15434, "upstream": 5433, "from": "db", "name": "own" }] },
              "web": { "run": ["w"], "ready": { "url": "https://web.test/health" }, "proxy": { "listen": "[::1]:8443" } } }
            """);

        Assert.Equal(
            [
                new ServiceProxy("db", null, null) { Listen = "127.0.0.1:15432", Upstream = "[::1]:5432" },
                new ServiceProxy("shop-to-db", "shop", null) { Listen = "0.0.0.0:15433", Upstream = "[::1]:5432" },
                new ServiceProxy("own", "db", null) { Listen = "127.0.0.1:15434", Upstream = "localhost:5433" },
                new ServiceProxy("web", null, null) { Listen = "[::1]:8443", Upstream = "web.test:443" },
            ],
            services.SelectMany(service => service.Proxies));
        Assert.All(services, service => Assert.Null(service.Problem));
    }

    [Fact]
    public void What_holds_a_placeholder_is_judged_when_its_value_is_known()
    {
        const string Services = """
            { "shop": { "run": ["s"] },
              "db": { "run": ["d"], "ready": { "tcp": "${port}" }, "proxy": { "listen": "${listen}", "from": "${caller}" } } }
            """;
        Assert.Empty(Problems(Services));
        Assert.Null(ServiceBlock.Proxies(Document(Services)));

        var good = Read(Services, new JsonObject { ["port"] = 5432, ["listen"] = 15432, ["caller"] = "shop" })[1];
        Assert.Equal(
            [new ServiceProxy("shop-to-db", "shop", null) { Listen = "127.0.0.1:15432", Upstream = "localhost:5432" }], good.Proxies);

        var bad = Read(Services, new JsonObject { ["port"] = 5432, ["listen"] = "x", ["caller"] = "shop" })[1];
        Assert.StartsWith("listen must be a port of this machine", bad.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "lisen": 9 }""", "/s/proxy/lisen: the key 'lisen' is not known in the proxy of a service; did you mean 'listen'?")]
    [InlineData(
        """[{ "listen": 9, "form": "s" }]""",
        "/s/proxy/0/form: the key 'form' is not known in the proxy of a service; did you mean 'from'?")]
    public void A_misspelt_key_is_an_error(string proxy, string expected)
    {
        var document = Document($$"""{ "s": { "run": ["a"], "ready": { "tcp": 1 }, "proxy": {{proxy}} } }""");
        var found = new ExperimentValidator(new ActivityProviders(), Compatibility.None).Validate(
            document, new DocumentMap { Root = document });
        Assert.Contains(expected, found
            .Where(problem => problem.Pointer.Contains("services", StringComparison.Ordinal) && problem.Severity == ProblemSeverity.Error)
            .Select(At));
    }

    [Fact]
    public void A_document_tells_the_proxies_of_each_service()
    {
        var proxies = ServiceBlock.Proxies(Document(
            """{ "a": { "run": ["a"] }, "b": { "run": ["b"], "ready": { "tcp": 1 }, "proxy": { "listen": 9, "from": "a" } } }"""))!;
        Assert.Empty(proxies["a"]);
        Assert.Equal("a-to-b", Assert.Single(proxies["b"]).Name);
        Assert.Empty(ServiceBlock.Proxies([])!);
        Assert.Null(ServiceBlock.Proxies(new JsonObject { ["extensions"] = 5 }));
    }

    private static JsonObject Document(string services) =>
        new() { ["extensions"] = new JsonArray(new JsonObject { ["name"] = "turbulence", ["services"] = JsonNode.Parse(services) }) };

    private static string At(Problem problem) => $"{problem.Pointer["/extensions/0/services".Length..]}: {problem.Message}";

    private static List<Problem> Problems(string services)
    {
        var problems = new ProblemList(new DocumentMap());
        ServiceBlock.Validate(Document(services), problems);
        return [.. problems];
    }

    private static IReadOnlyList<ServiceDefinition> Read(string services, JsonObject? configuration = null) =>
        ServiceBlock.Read(
            new Experiment(Document(services), new DocumentMap(), "e.json", "/"), new ResolvedValues(configuration ?? [], []));
}
