using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

public sealed class ServiceBlockTests
{
    [Theory]
    [InlineData(
        """{ "run": ["a"], "ready": { "url": "http://localhost:1/", "tcp": 2 } }""",
        "/s/ready: ready must have exactly one of url, tcp, command and line; here it has url and tcp")]
    [InlineData(
        """{ "run": ["a"], "ready": { "timeout": 2 } }""",
        "/s/ready: ready must have exactly one of url, tcp, command and line; here it has none")]
    [InlineData(
        """{ "run": ["a"], "ready": "http://localhost:1/" }""",
        "/s/ready: ready must be a map that says how it is seen: url, tcp, command or line")]
    [InlineData(
        """{ "run": ["a"], "ready": { "tcp": 65536 } }""",
        "/s/ready/tcp: tcp must be \"host:port\", or a port of this machine, 1 to 65535")]
    [InlineData(
        """{ "run": ["a"], "ready": { "tcp": "localhost" } }""",
        "/s/ready/tcp: tcp must be \"host:port\", or a port of this machine, 1 to 65535")]
    [InlineData(
        """{ "run": ["a"], "ready": { "tcp": "::1:5432" } }""",
        "/s/ready/tcp: tcp must be \"host:port\", or a port of this machine, 1 to 65535")]
    [InlineData(
        """{ "run": ["a"], "ready": { "command": "pg_isready -q" } }""",
        "/s/ready/command: command must be a list of texts, the program and its arguments")]
    [InlineData(
        """{ "run": ["a"], "ready": { "command": [] } }""",
        "/s/ready/command: command must be a list of texts, the program and its arguments")]
    [InlineData(
        """{ "run": ["a"], "ready": { "line": "" } }""",
        "/s/ready/line: line must be a regular expression that a line of the service's output has to match")]
    [InlineData(
        """{ "run": ["a"], "ready": { "tcp": 1, "timeout": 0 } }""", "/s/ready/timeout: a time limit must be a number of seconds above 0")]
    [InlineData("""{ "run": ["a"], "needs": "b" }""", "/s/needs: needs must be a list of names of services")]
    [InlineData(
        """{ "run": ["a"], "needs": ["s"] }""",
        "/s/needs/0: these services need each other in a circle, and none of them could be the first: 's' needs 's'")]
    [InlineData("""{ "run": ["a"], "env": { "A=B": "x" } }""", "/s/env: 'A=B' cannot be the name of an environment variable")]
    [InlineData(
        """{ "ready": { "tcp": 5432 }, "cwd": "x" }""",
        "/s/cwd: cwd is about how a service is started and ended, and one without a run entry is there already")]
    [InlineData(
        """{ "ready": { "line": "up" } }""",
        "/s: a service must have a run entry: a list of texts, the program and its arguments; one that runs already has none, and says in ready by url or tcp where it is")]
    [InlineData(
        """{ "run": [], "ready": { "tcp": 5432 } }""",
        "/s: a service must have a run entry: a list of texts, the program and its arguments; one that runs already has none, and says in ready by url or tcp where it is")]
    public void What_is_wrong_with_a_service_is_told_at_its_place(string service, string expected) =>
        Assert.Equal([expected], Problems($$"""{ "s": {{service}} }"""));

    [Fact]
    public void An_expression_that_is_none_is_told_with_its_reason() =>
        Assert.StartsWith(
            "/s/ready/line: line is not a regular expression: ",
            Assert.Single(Problems("""{ "s": { "run": ["a"], "ready": { "line": "ready (" } } }""")),
            StringComparison.Ordinal);

    [Fact]
    public void A_circle_and_an_unknown_name_are_told_once_with_what_is_meant() => Assert.Equal(
        [
            "/database/needs/0: these services need each other in a circle, and none of them could be the first: 'web' needs 'api', 'api' needs 'database', 'database' needs 'web'",
            "/api/needs/1: there is no service 'databse' (did you mean 'database'?)",
        ],
        Problems("""
            { "web": { "run": ["w"], "needs": ["api"] },
              "api": { "run": ["a"], "needs": ["database", "databse", "broken"] },
              "database": { "run": ["d"], "needs": ["web"] },
              "broken": 5 }
            """).Where(problem => !problem.StartsWith("/broken", StringComparison.Ordinal)));

    [Fact]
    public void What_holds_a_placeholder_is_judged_when_its_value_is_known()
    {
        const string Services =
            """{ "s": { "run": ["a", "${port}"], "cwd": "${folder}", "env": { "P": "${password}" }, "ready": { "tcp": "${port}", "timeout": "${limit}" } } }""";
        Assert.Empty(Problems(Services));

        var good = Read(Services, new JsonObject { ["port"] = 5432, ["folder"] = "f", ["limit"] = 3 });
        Assert.Null(good.Problem);
        Assert.Equal(["a", "5432"], good.Run);
        Assert.Equal(new TcpReadiness("localhost", 5432), good.Ready);
        Assert.Equal(
            (5432, "f", TimeSpan.FromSeconds(3), "hidden"),
            (good.LocalPort, good.WorkingDirectory, good.ReadyTimeout, good.Environment["P"]));

        var bad = Read(Services, new JsonObject { ["port"] = "x", ["folder"] = "f", ["limit"] = 3 });
        Assert.Equal("tcp must be \"host:port\", or a port of this machine, 1 to 65535", bad.Problem);

        var missing = Read(Services, new JsonObject { ["port"] = 1, ["limit"] = 3 });
        Assert.Equal("${folder} has no value in the configuration or the secrets", missing.Problem);
        Assert.Equal(["folder"], missing.Unresolved);
    }

    [Theory]
    [InlineData("5432", "localhost", 5432, true)]
    [InlineData("LOCALHOST:1", "LOCALHOST", 1, true)]
    [InlineData("127.0.0.3:65535", "127.0.0.3", 65535, true)]
    [InlineData("[::1]:5432", "::1", 5432, true)]
    [InlineData("db.example:5432", "db.example", 5432, false)]
    public void A_place_is_a_host_and_a_port_or_a_port_of_this_machine(string text, string host, int port, bool isLocal)
    {
        Assert.True(TcpReadiness.TryRead(text, out var tcp));
        Assert.Equal((host, port, isLocal ? port : null), (tcp.Host, tcp.Number, tcp.LocalPort));
    }

    [Fact]
    public void A_chain_of_any_length_has_an_order()
    {
        const int Length = 20_000;
        var order = new ServiceOrder([.. Enumerable
            .Range(0, Length)
            .Select(i => new ServiceDefinition($"s{i}", ["a"]) { Needs = i + 1 < Length ? [$"s{i + 1}"] : [] })]);
        Assert.Empty(order.Problems);
        Assert.Equal($"s{Length - 1}", order.Services[0].Name);
        Assert.True(order.Needs(order.Services[^1], order.Services[0]));
        Assert.False(order.Needs(order.Services[0], order.Services[^1]));
    }

    private static JsonObject Document(string services) => new()
    {
        ["extensions"] = new JsonArray(new JsonObject { ["name"] = "turbulence", ["services"] = JsonNode.Parse(services) }),
    };

    private static List<string> Problems(string services)
    {
        var problems = new ProblemList(new DocumentMap());
        ServiceBlock.Validate(Document(services), problems);
        return [.. problems.Select(problem => $"{problem.Pointer["/extensions/0/services".Length..]}: {problem.Message}")];
    }

    private static ServiceDefinition Read(string services, JsonObject configuration) => Assert.Single(ServiceBlock.Read(
        new Experiment(Document(services), new DocumentMap(), "e.json", "/"),
        new ResolvedValues(configuration, new JsonObject { ["db"] = new JsonObject { ["password"] = "hidden" } })));
}
