using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Load.Activities;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Tests.Activities;

public sealed class LoadDeclarationTests
{
    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var plan = Read(
            """
            { "url": "http://localhost:1/a", "method": "POST", "headers": { "X-A": "b", "X-N": 5 }, "baggage": { "run": 7 }, "body": { "n": 1 }, "expected_status": [200, 503], "check": { "header": "x", "pattern": "y" },
              "rate": 500, "duration": 10, "arrivals": "chance", "timeout": 0.5, "connections": 0.25, "max_connections": 7,
              "classes": { "a": "x", "b": { "header": "server", "pattern": "y" }, "c": { "status": "503" }, "d": { "body": "z" }, "e": { "jsonpath": "$.a", "expect": null } } }
            """)!;
        var request = Assert.Single(plan.Requests);
        Assert.Equal(("POST", "{\"n\":1}"), (request.Method, System.Text.Encoding.UTF8.GetString(request.Body.Span)));
        Assert.Equal(["X-A: b", "X-N: 5"], request.Headers.Select(static header => $"{header.Key}: {header.Value}"));
        Assert.Equal((true, true, false), (request.Expected.Allows(200), request.Expected.Allows(503), request.Expected.Allows(201)));
        Assert.Equal(AnswerPart.Header, request.Check!.Part);
        Assert.Equal(KeyValuePair.Create("run", "7"), Assert.Single(request.Baggage));
        Assert.Equal(
            (500, 10, true, 0.5),
            (plan.Schedule.Segments[0].From, plan.Schedule.Duration.TotalSeconds, plan.Schedule.IsByChance, plan.Timeout.TotalSeconds));
        Assert.Equal(new LoadConnections(0.25, 7), plan.Connections);
        Assert.Equal([
            ("a", AnswerPart.Body), ("b", AnswerPart.Header), ("c", AnswerPart.Status), ("d", AnswerPart.Body), ("e", AnswerPart.Body),
        ], plan.Classes.Select(static one => (one.Name, one.Pattern.Part)));
    }

    [Fact]
    public void Each_user_who_waits_has_a_connection_unless_somebody_says_how_many_there_are()
    {
        Assert.Equal(5000, Read("""{ "url": "http://a/", "concurrency": 5000, "duration": 1 }""")!.Connections.Most);
        Assert.Equal(1000, Read("""{ "url": "http://a/", "concurrency": 5, "duration": 1 }""")!.Connections.Most);
        Assert.Equal(20, Read("""{ "url": "http://a/", "concurrency": 5000, "duration": 1, "max_connections": 20 }""")!.Connections.Most);
    }

    [Fact]
    public void A_rate_can_rise_and_have_steps_and_users_can_wait_for_their_answers()
    {
        Assert.Equal((10, 90, 5), Segment(Read("""{ "url": "http://a/", "rate": { "from": 10, "to": 90 }, "duration": 5 }""")!));
        var steps =
            Read("""{ "url": "http://a/", "rate": [ { "rate": 5, "duration": 1 }, { "from": 5, "to": 50, "duration": 2 } ] }""")!.Schedule;
        Assert.Equal([(5, 5, 1), (5, 50, 2)], steps.Segments.Select(static one => (one.From, one.To, one.Duration.TotalSeconds)));
        Assert.Equal(30, Read("""{ "url": "http://a/", "concurrency": 30, "duration": 5 }""")!.Schedule.Users);
        Assert.Equal(500, Read("""{ "url": "http://a/", "rate": "500", "duration": "5" }""")!.Schedule.Segments[0].From);
    }

    [Fact]
    public void How_requests_come_to_their_servers_can_be_said()
    {
        Assert.Equal(LoadTransport.Usual, Read("""{ "url": "https://a/", "rate": 1, "duration": 1 }""")!.Transport);
        Assert.Equal(
            new LoadTransport(true, new Uri("http://b:3128/"), false),
            Read(
                """{ "url": "https://a/", "rate": 1, "duration": 1, "http_version": 2, "proxy": "http://b:3128/", "verify_tls": false }""")!.Transport);
    }

    [Fact]
    public void Several_requests_have_weights()
    {
        var plan =
            Read(
                """{ "requests": [ { "url": "http://a/" }, { "url": "http://b/", "weight": 3, "method": "PUT" } ], "rate": 1, "duration": 1 }""")!;
        Assert.Equal([("a", 1.0, "GET"), ("b", 3.0, "PUT")], plan.Requests.Select(static one => (one.Url.Host, one.Weight, one.Method)));
    }

    [Theory]
    [InlineData("""{ "rate": 1, "duration": 1 }""", "", "a load must have a url")]
    [InlineData("""{ "url": "ftp://a/", "rate": 1, "duration": 1 }""", "/url", "url must be an http or https URL")]
    [InlineData(
        """{ "url": "https://a/", "rate": 1, "duration": 1, "http_version": 3 }""",
        "/http_version",
        "http_version must be 1.1 or 2, not 3")]
    [InlineData(
        """{ "url": "https://a/", "rate": 1, "duration": 1, "http_version": "2", "connections": "fresh" }""",
        "",
        "over HTTP/2 all requests share connections, so there are no fresh ones")]
    [InlineData("""{ "url": "https://a/", "rate": 1, "duration": 1, "proxy": "socks5://a/" }""", "/proxy", "proxy must be an http URL")]
    [InlineData(
        """{ "url": "https://a/", "rate": 1, "duration": 1, "verify_tls": 3 }""",
        "/verify_tls",
        "verify_tls must be true, false, or the path of a file of certificates")]
    [InlineData("""{ "url": 5, "rate": 1, "duration": 1 }""", "/url", "url must be an http or https URL")]
    [InlineData("""{ "url": "http://a/", "duration": 1 }""", "", "a load must have a rate: how many requests a second")]
    [InlineData("""{ "url": "http://a/", "rate": 1 }""", "", "a load must have a duration, in seconds")]
    [InlineData("""{ "url": "http://a/", "rate": -1, "duration": 1 }""", "/rate", "rate must be a number from 0.0001 to 1000000, not -1")]
    [InlineData(
        """{ "url": "http://a/", "rate": "fast", "duration": 1 }""", "/rate", "rate must be a number from 0.0001 to 1000000, not \"fast\"")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 0 }""", "/duration", "duration must be a number of seconds from 0.001 to 4294967, not 0")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "timeout": true }""",
        "/timeout",
        "timeout must be a number of seconds from 0.001 to 4294967, not true")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "connections": "frsh" }""",
        "/connections",
        "connections must be kept or fresh, not \"frsh\" (did you mean 'fresh'?)")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "connections": 2 }""",
        "/connections",
        "connections must be kept, fresh, or the share of fresh ones from 0 to 1")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "arrivals": "random" }""",
        "/arrivals",
        "arrivals must be even or chance, not \"random\"")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "classes": { "ok": "a" } }""",
        "/classes/ok",
        "no class can be called 'ok', which is another outcome")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "classes": ["a"] }""", "/classes", "classes must be a map of names to patterns")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "classes": { "a": { "haeder": "x", "pattern": "y" } } }""",
        "/classes/a/haeder",
        "'haeder' is no part of an answer (did you mean 'header'?)")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "check": "(" }""",
        "/check",
        "'(' is no regular expression for an answer: Invalid pattern '(' at offset 1. Not enough )'s")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "check": { "jsonpath": "$[" } }""", "/check/jsonpath", "'$[' is no JSONPath: ")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "check": { "jsonpath": 5 } }""",
        "/check/jsonpath",
        "jsonpath must be a text, such as $.server.name")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "check": { "jsonpath": "$.a", "expct": 5 } }""",
        "/check/expct",
        "'expct' is no part of an answer (did you mean 'expect'?)")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "baggage": "a=b" }""", "/baggage", "baggage must be a map of names to texts")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "expected_status": "good" }""",
        "/expected_status",
        "expected_status must be a status or a list of statuses, such as [200, 503]")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "headers": { "Content-Length": "1" } }""",
        "",
        "the request has a header that cannot be sent: Content-Length")]
    [InlineData(
        """{ "url": "http://a/", "rate": 1, "duration": 1, "concurrency": 2 }""",
        "/concurrency",
        "concurrency and rate exclude each other")]
    [InlineData("""{ "url": "http://a/", "requests": [], "rate": 1, "duration": 1 }""", "/url", "url and requests exclude each other")]
    [InlineData("""{ "requests": [], "rate": 1, "duration": 1 }""", "/requests", "requests must be a list of at least one map with a url")]
    [InlineData(
        """{ "url": "http://a/", "rate": { "from": 0, "to": 0 }, "duration": 1 }""", "/rate", "with this rate nothing is ever sent")]
    [InlineData(
        """{ "url": "http://a/", "rate": [ 5 ] }""",
        "/rate/0",
        "a step of the rate must be {\"rate\": N, \"duration\": SECONDS} or {\"from\": N, \"to\": N, \"duration\": SECONDS}")]
    [InlineData(
        """{ "url": "http://a/", "rate": [ { "rate": 5, "duration": 1 } ], "duration": 2 }""",
        "/duration",
        "each step of the rate has a duration of its own, and the load none")]
    public void What_is_wrong_is_told_with_its_place(string text, string place, string problem)
    {
        List<(string, string)> problems = [];
        Assert.Null(new LoadDeclaration(
            JsonNode.Parse(text)!.AsObject(), DocumentPath.Root, (at, wrong) => problems.Add((at.ToString(), wrong))).Read(endless: false));
        Assert.Equal(place, problems[0].Item1);
        Assert.StartsWith(problem, problems[0].Item2, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{ "url": "${url}", "rate": "${rate}", "duration": "${d}", "headers": { "A": "${a}" }, "classes": { "a": "${p}" }, "timeout": "${t}", "connections": "${c}", "check": "${k}" }""")]
    [InlineData(
        """{ "url": "http://${host}:80/", "rate": 1, "duration": 1, "arrivals": "${a}", "expected_status": "${s}", "body": { "a": "${b}" } }""")]
    [InlineData("""{ "url": "http://a/", "concurrency": "${n}", "duration": 1 }""")]
    public void A_placeholder_is_taken_for_what_it_will_be(string text)
    {
        Assert.Null(new LoadDeclaration(
            JsonNode.Parse(text)!.AsObject(), DocumentPath.Root, static (at, wrong) => Assert.Fail($"{at}: {wrong}")).Read(endless: false));
    }

    [Fact]
    public void Users_have_no_duration_and_no_steps()
    {
        List<string> problems = [];
        LoadPlan? Users(string text) =>
            new LoadDeclaration(JsonNode.Parse(text)!.AsObject(), DocumentPath.Root, (_, wrong) => problems.Add(wrong)).Read(endless: true);
        Assert.Equal(TimeSpan.FromDays(30), Users("""{ "url": "http://a/", "rate": 5 }""")!.Schedule.Duration);
        Assert.Empty(problems);
        Assert.Null(Users("""{ "url": "http://a/", "rate": [ { "rate": 5, "duration": 1 } ] }"""));
        Assert.StartsWith("rate must be a number", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static LoadPlan? Read(string text) =>
        new LoadDeclaration(JsonNode.Parse(text)!.AsObject(), DocumentPath.Root, static (at, wrong) => Assert.Fail($"{at}: {wrong}")).Read(
            endless: false, seed: 3);

    private static (double, double, double) Segment(LoadPlan plan) =>
        (plan.Schedule.Segments[0].From, plan.Schedule.Segments[0].To, plan.Schedule.Segments[0].Duration.TotalSeconds);
}
