using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 3.3, the rules of http, and what ours adds to them.</summary>
public class HttpValidationTests
{
    [Theory]
    [InlineData("{}", "", "a HTTP activity must have a URL")]
    [InlineData("""{"url": ""}""", "/url", "a HTTP activity must have a URL")]
    [InlineData("""{"url": null}""", "/url", "a HTTP activity must have a URL")]
    [InlineData("""{"url": 5}""", "/url", "the URL must be a text")]
    [InlineData("""{"url": "ftp://me:secret@x"}""", "/url", "'ftp://x' is neither an http nor an https URL")]
    [InlineData(
        """{"url": "http://exa mple/x"}""",
        "/url",
        "'http://exa mple/x' is no URL: 'exa mple' cannot be the name or the address of a host")]
    [InlineData("""{"url": "http://[::1/x"}""", "/url", "'http://[::1/x' is no URL: '[::1' cannot be the name or the address of a host")]
    [InlineData("""{"url": "https://"}""", "/url", "'https://' is no URL: it names no host")]
    [InlineData("""{"url": "http://:8080/x"}""", "/url", "'http://:8080/x' is no URL: it names no host")]
    [InlineData(
        """{"url": "http://localhost:99999/"}""",
        "/url",
        "'http://localhost:99999/' is no URL: '99999' is not a port, which is a number up to 65535")]
    [InlineData(
        """{"url": "http://me:sec/ret@ho st:1/"}""",
        "/url",
        "'http://ho st:1/' is no URL: 'ho st' cannot be the name or the address of a host")]
    [InlineData("""{"url": "localhost:8080/x"}""", "/url", "'localhost:8080/x' is neither an http nor an https URL")]
    [InlineData("""{"url": "http://x", "headers": ["a"]}""", "/headers", "a HTTP activities expect headers as a mapping")]
    [InlineData("""{"url": "http://x", "headers": "${h}"}""", "/headers", "a HTTP activities expect headers as a mapping")]
    [InlineData("""{"url": "http://x", "headers": {"a": 5}}""", "/headers/a", "the header 'a' must be a text")]
    [InlineData("""{"url": "http://x", "headers": {"a b": "x"}}""", "/headers/a b", "'a b' cannot be the name of a header")]
    [InlineData("""{"url": "http://x", "method": "GE T"}""", "/method", "the method must be a word such as GET or POST")]
    [InlineData("""{"url": "http://x", "method": "CONNECT"}""", "/method", "the method CONNECT is for proxies and cannot be sent")]
    [InlineData("""{"url": "http://x", "method": null}""", "/method", "the method must be a word such as GET or POST")]
    [InlineData(
        """{"url": "http://x", "timeout": [1]}""",
        "/timeout",
        "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData(
        """{"url": "http://x", "timeout": "soon"}""",
        "/timeout",
        "timeout must be a number of seconds above 0, or [connect, read] of two such numbers")]
    [InlineData(
        """{"url": "http://x", "verify_tls": []}""",
        "/verify_tls",
        "verify_tls must be true, false, or the path of a file of certificates")]
    [InlineData("""{"url": "http://x", "max_retries": -1}""", "/max_retries", "max_retries must be a whole number, 0 or more")]
    [InlineData(
        """{"url": "http://x", "arguments": 5}""",
        "/arguments",
        "arguments must be a map, a list of pairs or a text, unless they are sent as JSON with the header Content-Type: application/json")]
    public void S3_3_what_can_never_run_is_an_error_at_its_place(string provider, string pointer, string message)
    {
        var problem = Assert.Single(Problems(provider));

        Assert.Equal(
            ("/method/0/provider" + pointer, message, ProblemSeverity.Error), (problem.Pointer, problem.Message, problem.Severity));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("\"much\"")]
    [InlineData("536870913")]
    public void A_limit_of_the_body_that_is_none_is_a_warning(string limit)
    {
        var problem = Assert.Single(Problems($$"""{"url": "http://x", "body_limit": {{limit}}}"""));

        Assert.Equal(("/method/0/provider/body_limit", ProblemSeverity.Warning), (problem.Pointer, problem.Severity));
    }

    [Fact]
    public void S3_3_an_expected_status_that_the_reference_never_reads_is_a_warning()
    {
        var problem = Assert.Single(Problems("""{"url": "http://x", "expected_status": {}}"""));

        Assert.Equal(("/method/0/provider/expected_status", ProblemSeverity.Warning), (problem.Pointer, problem.Severity));
    }

    [Theory]
    [InlineData("""{"url": "http://x"}""")]
    [InlineData(
        """{"url": "${base}/x", "method": "${m}", "timeout": "${t}", "verify_tls": "${v}", "max_retries": "${r}", "expected_status": "${e}", "arguments": "${a}", "headers": {"a": "${b}"}}""")]
    [InlineData(
        """{"url": "https://x:8/y?z", "method": "purge", "timeout": [1, null], "verify_tls": "ca.pem", "max_retries": 2, "expected_status": [200, 204], "headers": {}, "arguments": {"a": [1]}}""")]
    [InlineData(
        """{"url": "http://x", "method": "POST", "headers": {"content-type": "application/json"}, "arguments": 5, "timeout": 0.5, "secrets": ["s"], "unknown": {}}""")]
    [InlineData(
        """{"url": "http://x", "headers": null, "timeout": null, "verify_tls": null, "max_retries": null, "expected_status": null, "arguments": null}""")]
    public void S3_3_what_may_run_has_no_problem(string provider) => Assert.Empty(Problems(provider));

    [Fact]
    public void S3_3_every_problem_is_found() =>
        Assert.Equal(5, Problems("""{"url": "", "method": "", "headers": 1, "timeout": 0, "max_retries": 0.5}""").Count);

    internal static ProblemList Problems(string provider)
    {
        var problems = new ProblemList(new DocumentMap());
        using var http = new HttpProvider();
        http.Validate(new ActivityValidation(
            new Activity(new JsonObject { ["provider"] = JsonNode.Parse(provider) }), DocumentPath.Root["method"][0], problems));
        return problems;
    }
}
