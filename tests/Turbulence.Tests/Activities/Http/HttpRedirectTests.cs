using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, redirects.</summary>
public class HttpRedirectTests
{
    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "POST", "GET")]
    [InlineData(302, "DELETE", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(301, "HEAD", "HEAD")]
    [InlineData(302, "HEAD", "HEAD")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "PUT", "PUT")]
    [InlineData(307, "HEAD", "HEAD")]
    [InlineData(302, "GET", "GET")]
    public async Task S2_7_redirects_are_followed_for_all_methods(int status, string method, string then)
    {
        foreach (var mode in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            await using var server = RawServer.Answering(
                RawServer.Answer(status.ToString(CultureInfo.InvariantCulture) + " Go", "", "Location: /next?x=1", "Set-Cookie: c=d"),
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            using var calls = new HttpCalls(mode);

            var result = await calls.RunAsync(
                server.Url + "/first#part", $$$"""{"method": "{{{method}}}", "headers": {"Authorization": "A"}, "arguments": {"a": 1}}""");

            Assert.Equal(200, result.Output!["status"]!.GetValue<int>());
            var second = server.Requests.Last();
            Assert.Equal($"{then} /next?x=1 HTTP/1.1", HttpRequestTests.FirstLine(second));
            var keepsBody = status is 307 or 308;
            Assert.Equal(keepsBody && method != "GET", second.EndsWith("\r\n\r\na=1", StringComparison.Ordinal));
            Assert.Equal(
                keepsBody && method != "GET" ? "application/x-www-form-urlencoded" : null, HttpRequestTests.Header(second, "Content-Type"));
            Assert.Equal("A", HttpRequestTests.Header(second, "Authorization"));
            Assert.Equal("c=d", HttpRequestTests.Header(second, "Cookie"));
        }
    }

    [Fact]
    public async Task S2_7_a_status_300_and_a_redirect_without_a_place_are_answers()
    {
        await using var server = RawServer.Answering(RawServer.Answer("300 Choose", "", "Location: /x"), RawServer.Answer("302 Where"));
        using var calls = new HttpCalls();

        Assert.Equal(300, (await calls.RunAsync(server.Url)).Output!["status"]!.GetValue<int>());
        Assert.Equal(302, (await calls.RunAsync(server.Url)).Output!["status"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task S2_7_thirty_redirects_are_followed_and_one_more_is_a_crash(Compatibility mode)
    {
        var thirty = Enumerable.Repeat(RawServer.Answer("302 Go", "", "Location: /again"), 30);
        await using var patient = RawServer.Answering([.. thirty, RawServer.Ok()]);
        await using var endless = RawServer.Answering(thirty.First());
        using var calls = new HttpCalls(mode);

        Assert.Equal(ActivityEnd.Succeeded, (await calls.RunAsync(patient.Url)).End);
        var result = await calls.RunAsync(endless.Url);

        Assert.Equal(ActivityEnd.Crashed, result.End);
        Assert.Equal(
            $"the answer of {endless.Url} cannot be used: more than 30 redirects (redirected to {endless.Url}/again)", result.Message);
        Assert.Equal(31, endless.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://u:p@x/", "ftp://x/", "neither an http nor an https URL")]
    [InlineData("file:///etc/passwd", "file:///etc/passwd", "neither an http nor an https URL")]
    [InlineData("http://[", "http://[", "no URL: '[' cannot be the name or the address of a host")]
    [InlineData("http://x:port/", "http://x:port/", "no URL: 'port' is not a port, which is a number up to 65535")]
    public async Task S2_7_a_redirect_to_something_else_than_http_is_a_crash(string location, string shown, string problem)
    {
        await using var server = RawServer.Answering(RawServer.Answer("302 Go", "", "Location: " + location));
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(ActivityEnd.Crashed, result.End);
        Assert.Equal($"the answer of {server.Url} cannot be used: it redirects to '{shown}', which is {problem}", result.Message);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task S2_7_another_server_does_not_get_the_credentials_of_the_first(Compatibility mode)
    {
        await using var other = RawServer.Answering(RawServer.Ok());
        await using var server = RawServer.Answering(
            RawServer.Answer("302 Go", "", $"Location: http://localhost:{other.Port}/x", "Set-Cookie: secret=1"));
        using var calls = new HttpCalls(mode);

        var result = await calls.RunAsync(
            server.Url, """{"headers": {"authorization": "Bearer secret", "Cookie": "secret=2", "X-Other": "stays"}}""");

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.DoesNotContain("secret", other.Request, StringComparison.Ordinal);
        Assert.Contains("X-Other: stays", other.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Nothing_that_carries_a_credential_follows_a_redirect_to_another_port_of_the_same_host(Compatibility mode)
    {
        await using var other = RawServer.Answering(RawServer.Ok());
        await using var server = RawServer.Answering(RawServer.Answer("307 Go", "", $"Location: {other.Url}/x", "Set-Cookie: c=secret"));
        using var calls = new HttpCalls(mode)
        {
            Values = new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["key"] = "hidden-value" } }),
        };

        await calls.RunAsync(server.Url, """
            {"headers": {"Cookie": "secret", "X-Api-Key": "secret", "x-auth-token": "secret", "X-Vault-Token": "secret", "Proxy-Authorization": "secret",
                         "X-Custom": "before ${key}", "X-Trace": "stays", "Accept": "text/plain"}}
            """);

        Assert.Equal("before hidden-value", HttpRequestTests.Header(server.Request, "X-Custom"));
        Assert.DoesNotContain("secret", other.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", other.Request, StringComparison.Ordinal);
        Assert.Contains("X-Trace: stays", other.Request, StringComparison.Ordinal);
        Assert.Contains("Accept: text/plain", other.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"headers": {"Content-Type": "application/json"}, "arguments": {"login": {"pass": "${key}"}}}""")]
    [InlineData("""{"arguments": {"pass": "${key}"}}""")]
    [InlineData("""{"arguments": "pass=${key}"}""")]
    public async Task A_body_that_holds_a_secret_follows_no_redirect_to_another_origin_and_a_warning_says_so(string more)
    {
        foreach (var (mode, status) in ((Compatibility, string)[])[(Compatibility.None, "307 Go"), (Compatibility.ChaosToolkit, "308 Go")])
        {
            await using var other = RawServer.Answering(RawServer.Ok());
            await using var server = RawServer.Answering(RawServer.Answer(status, "", $"Location: {other.Url}/x"));
            using var calls = new HttpCalls(mode)
            {
                Values = new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["key"] = "hidden é \"value" } }),
            };
            var declared = JsonNode.Parse(more)!.AsObject();
            declared["method"] = "POST";
            (declared["headers"] ??= new JsonObject())["X-Api-Key"] = "k";

            var result = await calls.RunAsync(server.Url, declared.ToJsonString());

            Assert.Equal(ActivityEnd.Succeeded, result.End);
            Assert.Contains("hidden", server.Request, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", other.Request, StringComparison.Ordinal);
            Assert.StartsWith("POST /x", other.Request, StringComparison.Ordinal);
            Assert.Null(HttpRequestTests.Header(other.Request, "Content-Type"));
            Assert.Equal(
                $"{server.Url} redirects to another origin, {other.Url}, which does not get the header X-Api-Key, the body, which holds a secret",
                Assert.Single(calls.Warnings));
        }
    }

    [Fact]
    public async Task A_body_without_a_secret_follows_a_redirect_and_one_with_a_secret_stays_with_its_origin()
    {
        await using var other = RawServer.Answering(RawServer.Ok());
        await using var server = RawServer.Answering(RawServer.Answer("307 Go", "", $"Location: {other.Url}/x"));
        await using var own = RawServer.Answering(RawServer.Answer("307 Go", "", "Location: /x"), RawServer.Ok());
        using var calls = new HttpCalls
        {
            Values = new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["key"] = "hidden" } }),
        };

        await calls.RunAsync(server.Url, """{"method": "POST", "arguments": {"a": "open"}}""");
        await calls.RunAsync(own.Url, """{"method": "POST", "arguments": {"a": "${key}"}}""");

        Assert.EndsWith("a=open", other.Request, StringComparison.Ordinal);
        Assert.EndsWith("a=hidden", own.Requests.Last(), StringComparison.Ordinal);
        Assert.Empty(calls.Warnings);
    }

    [Fact]
    public async Task Cookies_come_back_to_the_server_that_set_them_and_to_no_other()
    {
        RawServer? server = null;
        await using var other = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Answer("302 Back", "", $"Location: {server!.Url}/back", "Set-Cookie: other=2"));
        });
        await using (server = RawServer.Answering(
            RawServer.Answer("302 Go", "", $"Location: {other.Url}/x", "Set-Cookie: state=1"), RawServer.Ok()))
        {
            using var calls = new HttpCalls();

            await calls.RunAsync(server.Url);

            Assert.Null(HttpRequestTests.Header(other.Request, "Cookie"));
            Assert.Equal("state=1", HttpRequestTests.Header(server.Requests.Last(), "Cookie"));
        }
    }

    [Fact]
    public async Task A_redirect_to_a_server_that_refuses_names_both()
    {
        using var refusing = new RefusingPort();
        await using var server = RawServer.Answering(RawServer.Answer("302 Go", "", $"Location: {refusing.Url}/x"));
        using var calls = new HttpCalls();

        var result = await calls.RunAsync(server.Url);

        Assert.Equal(
            (ActivityEnd.Failed, $"failed to connect to {server.Url}: connection refused (redirected to {refusing.Url}/x)"),
            (result.End, result.Message));
    }
}
