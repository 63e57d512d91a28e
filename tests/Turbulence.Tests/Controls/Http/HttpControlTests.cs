using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Controls.Http;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Options;
using Turbulence.Tests.Activities.Http;
using Turbulence.Tests.Experiments.Loading;
using Turbulence.Tests.Running;
using Turbulence.Values;

namespace Turbulence.Tests.Controls.Http;

/// <summary>Controls that post to real servers.</summary>
public sealed class HttpControlTests
{
    [Fact]
    public async Task Each_hook_posts_the_document_as_json()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("{}"));
        var (run, _) = await PlayAsync(server.Url("/hook"), new JsonObject { ["hooks"] = new JsonArray("before_method", "after_method") });
        Assert.Empty(run.Notices(NoticeLevel.Warning));
        Assert.Equal(2, server.Requests.Count);
        Assert.StartsWith("POST /hook HTTP/1.1", server.Requests.First(), StringComparison.Ordinal);
        Assert.Equal("application/json", server.Header(0, "Content-Type"));
    }

    [Fact]
    public async Task The_document_is_the_body()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await PlayAsync(server.Url, new JsonObject
        {
            ["hooks"] = new JsonArray("before_activity"),
            ["arguments"] = new JsonObject { ["k"] = "$$ ${" },
        });
        var message = JsonNode.Parse(server.RequestBody)!;
        Assert.Equal("before_activity", message["hook"]!.GetValue<string>());
        Assert.Equal("a", message["context"]!["name"]!.GetValue<string>());
        Assert.Equal("$ ${", message["arguments"]!["k"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_hooks_every_one_is_posted()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("", null, "204 No Content"));
        var (_, outcome) = await PlayAsync(server.Url("/"));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(10, server.Requests.Count);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Its_answer_may_stop_the_run(string? contentType)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("""{"interrupt": "too hot"}""", contentType));
        var (run, outcome) = await PlayAsync(server.Url("/"), new JsonObject { ["hooks"] = new JsonArray("before_activity") });
        Assert.Equal(["too hot"], outcome.Reasons);
        Assert.Empty(run.Provider.Calls);
    }

    [Theory]
    [InlineData("500 Oops", "it was answered with status 500")]
    [InlineData("404 Not Found", "it was answered with status 404")]
    public async Task Another_status_is_a_failed_hook_whatever_the_body_says(string status, string expected)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("""{"interrupt": "too hot"}""", status: status));
        var (run, outcome) = await PlayAsync(server.Url("/"), new JsonObject { ["hooks"] = new JsonArray("before_activity") });
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_holds_the_run_up_for_the_time_limit_only()
    {
        await using var server = new LoopbackServer(_ => null);
        var (run, outcome) = await PlayAsync(
            server.Url("/"), new JsonObject { ["hooks"] = new JsonArray("before_activity"), ["timeout"] = 0.2 });
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("no whole answer within 0.2 s", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_server_is_a_failed_hook()
    {
        using var port = new RefusingPort();
        var (run, outcome) = await PlayAsync(port.Url, new JsonObject { ["hooks"] = new JsonArray("before_activity") });
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("connection refused", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_looks_like_a_placeholder_in_the_message_is_left_alone()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("{}"));
        var run = Run(server.Url("/"), new JsonObject { ["hooks"] = new JsonArray("after_activity") }).Action(
            "a", new JsonObject { ["note"] = "${nobody} $$" });
        await run.RunAsync();
        Assert.Empty(run.Notices(NoticeLevel.Warning));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Its_url_and_headers_may_hold_placeholders(Compatibility compatibility)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Answer("{}"));
        var values = new ResolvedValues(
            new JsonObject { ["where"] = "there" }, new JsonObject { ["s"] = new JsonObject { ["token"] = "hush" } });
        var more = new JsonObject
        {
            ["hooks"] = new JsonArray("before_method"),
            ["headers"] = new JsonObject { ["X-Token"] = "${token}", ["content-type"] = "text/plain" },
        };
        await Run(server.Url("/${where}"), more, values, compatibility).Action("a").RunAsync();
        Assert.StartsWith("POST /there", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal("hush", server.Header(0, "X-Token"));
        Assert.Equal("application/json", server.Header(0, "Content-Type"));
    }

    [Fact]
    public async Task A_placeholder_without_a_value_is_a_failed_hook()
    {
        var (run, _) = await PlayAsync("http://127.0.0.1:1/${nobody}", new JsonObject { ["hooks"] = new JsonArray("before_activity") });
        Assert.Contains("${nobody} has no value", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    private static async Task<(TestRun Run, RunOutcome Outcome)> PlayAsync(string url, JsonObject? more = null)
    {
        var run = Run(url, more).Action("a");
        return (run, await run.RunAsync());
    }

    private static TestRun Run(
        string url, JsonObject? more = null, ResolvedValues? values = null, Compatibility compatibility = Compatibility.None)
    {
        var provider = new JsonObject { ["type"] = "http", ["url"] = url };
        foreach (var (key, value) in more ?? [])
        {
            provider[key] = value?.DeepClone();
        }

        var run = new TestRun
        {
            ControlProviders = new ControlProviders(new HttpControlProvider()),
            Values = values ?? ResolvedValues.Empty,
            Options = new RunOptions { Compatibility = compatibility },
        };
        run.Document["controls"] = new JsonArray(new JsonObject { ["name"] = "c", ["provider"] = provider });
        return run;
    }
}
