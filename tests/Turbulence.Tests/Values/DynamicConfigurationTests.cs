using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class DynamicConfigurationTests
{
    private readonly ProblemList problems = Json.NoProblems();

    [Theory]
    [InlineData("python", "[1,{\"a\":true}]", "[1,{\"a\":true}]")]
    [InlineData("python", "{\"status\":3,\"stdout\":\"x\",\"stderr\":\"\"}", "{\"status\":3,\"stdout\":\"x\",\"stderr\":\"\"}")]
    [InlineData("dotnet", "null", "null")]
    [InlineData("process", "{\"status\":0,\"stdout\":\" v \\n\",\"stderr\":\"noise\"}", "\"v\"")]
    [InlineData("http", "{\"status\":200,\"headers\":{},\"body\":{\"a\":1}}", "{\"a\":1}")]
    [InlineData("http", "{\"status\":500,\"headers\":{},\"body\":\"oops\"}", "\"oops\"")]
    public async Task Section_4_4_The_value_depends_on_the_provider(string provider, string output, string expected)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            var values = await ResolveAsync(mode, Probes(provider, "k"), (_, _) => ActivityResult.Succeeded(Json.Of(output)));

            Assert.True(values.ContainsKey("k"));
            Json.Same(expected, values["k"]);
        }

        Assert.DoesNotContain(problems, problem => problem.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public async Task Section_4_4_A_probe_sees_the_keys_before_it_and_all_secrets()
    {
        var seen = new List<string>();
        var experiment = Json.Map("""
            {"configuration":{
                "first":1,
                "one":{"type":"probe","name":"one","provider":{"type":"python"}},
                "second":2,
                "two":{"type":"probe","name":"two","provider":{"type":"python"}},
                "third":3}}
            """);

        var values = await ResolveAsync(Compatibility.None, experiment, (probe, values) =>
        {
            seen.Add($"{probe.Name} {values.Configuration.ToJsonString()} {values.Secrets.ToJsonString()}");
            return ActivityResult.Succeeded(probe.Name);
        });

        Assert.Equal(
            ["""one {"first":1} {"s":{"token":"hunter2"}}""", """two {"first":1,"one":"one","second":2} {"s":{"token":"hunter2"}}"""],
            seen);
        Json.Same("""{"first":1,"one":"one","second":2,"two":"two","third":3}""", values);
    }

    [Theory]
    [InlineData("failed", "connection refused for http://u:*****@x")]
    [InlineData("crashed", "bad argument *****")]
    [InlineData("status", "the process ended with exit code 3: no ***** here")]
    [InlineData("signal", "the process was ended by signal 9 (Kill)")]
    public async Task Section_4_4_A_probe_that_fails_is_an_error_that_says_why_without_secrets(string how, string why)
    {
        var values = await ResolveAsync(Compatibility.None, Probes("process", "k", "l"), (_, _) => Fail(how));

        Assert.Empty(values);
        Assert.Equal(
            [
                new Problem("/configuration/k", null, $"the probe that gives the value of 'k' failed: {why}"),
                new Problem("/configuration/l", null, $"the probe that gives the value of 'l' failed: {why}"),
            ],
            problems);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("crashed")]
    [InlineData("status")]
    [InlineData("signal")]
    public async Task Section_4_4_In_compatibility_mode_the_key_is_absent_with_one_warning(string how)
    {
        var values = await ResolveAsync(Compatibility.ChaosToolkit, Probes("process", "k", "l"), (_, _) => Fail(how));

        Assert.Empty(values);
        Assert.Equal(
            new Problem(
                "/configuration",
                null,
                "Some of the dynamic configuration failed to be loaded.Please review the log file for understanding what happened.",
                ProblemSeverity.Warning),
            Assert.Single(problems));
    }

    [Fact]
    public async Task Section_15_4_K2_Nothing_is_written_into_the_experiment()
    {
        var experiment = Probes("python", "k");
        var before = experiment.ToJsonString();

        await ResolveAsync(Compatibility.ChaosToolkit, experiment, (probe, values) =>
        {
            probe.Provider["secrets"] = values.Secrets.DeepClone();
            return ActivityResult.Succeeded(values.Secrets.DeepClone());
        });

        Assert.Equal(before, experiment.ToJsonString());
    }

    [Fact]
    public async Task A_probe_without_a_provider_is_an_error()
    {
        await ResolveAsync(Compatibility.None, Json.Map("""{"configuration":{"k":{"type":"probe","provider":[]}}}"""), (_, _) =>
            ActivityResult.Succeeded(1));

        Assert.EndsWith("it has no provider with a type", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_body_of_an_error_page_is_warned_of_in_the_default_mode()
    {
        await ResolveAsync(Compatibility.None, Probes(
            "http", "k"), (_, _) => ActivityResult.Succeeded(Json.Of("""{"status":404,"headers":{},"body":"none"}""")));

        Assert.Equal(ProblemSeverity.Warning, Assert.Single(problems).Severity);
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var cancelled = new CancellationTokenSource();
        var resolver = new ConfigurationResolver(new ValueSources());

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await resolver.ResolveDynamicAsync(
            Probes("python", "k"),
            [],
            [],
            async (_, _, token) =>
            {
                await cancelled.CancelAsync();
                token.ThrowIfCancellationRequested();
                return ActivityResult.Succeeded(1);
            },
            problems,
            cancelled.Token));
    }

    private static ActivityResult Fail(string how) => how switch
    {
        "failed" => ActivityResult.Failed("connection refused for http://u:hunter2@x"),
        "crashed" => ActivityResult.Crashed("bad argument hunter2"),
        "status" => ActivityResult.Succeeded(Json.Of("""{"status":3,"stdout":"","stderr":"first\nno hunter2 here\n"}""")),
        _ => ActivityResult.Succeeded(Json.Of("""{"status":-9,"stdout":"","stderr":""}""")),
    };

    private static JsonObject Probes(string provider, params string[] keys) => new()
    {
        ["configuration"] = new JsonObject(keys.Select(key => KeyValuePair.Create(
            key,
            (JsonNode?)Json.Map($$"""{"type":"probe","name":"{{key}}","provider":{"type":"{{provider}}","secrets":["s"]} }""")))),
    };

    private ValueTask<JsonObject> ResolveAsync(
        Compatibility mode, JsonObject experiment, Func<Activity, ResolvedValues, ActivityResult> run)
    {
        var resolver = new ConfigurationResolver(new ValueSources { Compatibility = mode });
        var known = resolver.ResolveStatic(experiment, problems);
        var secrets = Json.Map("""{"s":{"token":"hunter2"}}""");
        return resolver.ResolveDynamicAsync(
            experiment,
            known,
            secrets,
            (probe, values, _) => ValueTask.FromResult(run(probe, values)),
            problems,
            TestContext.Current.CancellationToken);
    }
}
