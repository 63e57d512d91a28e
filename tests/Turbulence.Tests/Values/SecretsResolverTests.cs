using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class SecretsResolverTests
{
    private readonly ProblemList problems = Json.NoProblems();

    [Theory]
    [InlineData("""{"s":{"k":"v"}}""", """{"s":{"k":"v"}}""")]
    [InlineData(
        """{"s":{"k":1,"l":[1,{"type":"env","key":"GONE"}],"n":null,"b":true}}""",
        """{"s":{"k":1,"l":[1,{"type":"env","key":"GONE"}],"n":null,"b":true}}""")]
    [InlineData("""{"s":{"k":{"type":"env","key":"TOKEN"}}}""", """{"s":{"k":"hunter2"}}""")]
    [InlineData("""{"s":{"deep":{"er":{"type":"env","key":"TOKEN"},"x":1}}}""", """{"s":{"deep":{"er":"hunter2","x":1}}}""")]
    [InlineData("""{"s":{"k":{"type":"other","x":{"type":"env","key":"TOKEN"}}}}""", """{"s":{"k":{"type":"other","x":"hunter2"}}}""")]
    [InlineData("""{"s":{"k":"${token}"}}""", """{"s":{"k":"${token}"}}""")]
    [InlineData("""{}""", """{}""")]
    public async Task Section_4_3_A_value_in_both_modes(string secrets, string expected)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Json.Same(expected, await ResolveAsync(mode, secrets));
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("""{"type":"env","key":"GONE"}""", "Secrets make reference to an environment key that does not exist: GONE")]
    [InlineData("""{"type":"env"}""", "an env definition needs the name of an environment variable under 'key'")]
    public async Task Section_4_3_What_cannot_be_resolved_is_an_error_in_both_modes(string definition, string message)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Json.Same("""{"s":{"deep":{},"ok":1}}""", await ResolveAsync(mode, $$"""{"s":{"deep":{"k":{{definition}} },"ok":1} }"""));
        }

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.Equal(new Problem("/secrets/s/deep/k", null, message), problem));
    }

    [Fact]
    public async Task Section_4_3_Every_missing_variable_is_reported()
    {
        await ResolveAsync(Compatibility.None, """{"s":{"a":{"type":"env","key":"A"}},"t":{"b":{"type":"env","key":"B"}}}""");

        Assert.Equal(["/secrets/s/a", "/secrets/t/b"], problems.Select(problem => problem.Pointer));
    }

    [Theory]
    [InlineData(Compatibility.None, """{"type":"env","key":"GONE","default":"d"}""", """{"s":{"k":"d"}}""", 0)]
    [InlineData(Compatibility.ChaosToolkit, """{"type":"env","key":"GONE","default":"d"}""", """{"s":{}}""", 1)]
    [InlineData(Compatibility.None, """{"type":"env","key":"PIN","env_var_type":"int"}""", """{"s":{"k":4711}}""", 0)]
    [InlineData(Compatibility.ChaosToolkit, """{"type":"env","key":"PIN","env_var_type":"int"}""", """{"s":{"k":"4711"}}""", 0)]
    [InlineData(Compatibility.None, """{"type":"file","path":"gone"}""", """{"s":{}}""", 1)]
    [InlineData(Compatibility.ChaosToolkit, """{"type":"file","path":"gone"}""", """{"s":{"k":{"type":"file","path":"gone"}}}""", 0)]
    public async Task Section_15_4_K5_Defaults_types_and_files_are_known_to_the_default_mode_only(
        Compatibility mode, string definition, string expected, int errors)
    {
        Json.Same(expected, await ResolveAsync(mode, $$"""{"s":{"k":{{definition}} } }"""));
        Assert.Equal(errors, problems.Count);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_converted_is_told_without_its_value()
    {
        await ResolveAsync(Compatibility.None, """{"s":{"k":{"type":"env","key":"TOKEN","env_var_type":"int"}}}""");

        Assert.Equal("environment variable 'TOKEN' cannot be read as int", Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Section_4_3_A_scope_that_is_no_map_is_an_error_and_no_crash(string scope)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            Json.Same("""{"t":{"k":1}}""", await ResolveAsync(mode, $$"""{"s":{{scope}},"t":{"k":1} }"""));
        }

        Assert.Equal(["/secrets/s", "/secrets/s"], problems.Select(problem => problem.Pointer));
    }

    [Theory]
    [InlineData(Compatibility.None, 1)]
    [InlineData(Compatibility.ChaosToolkit, 0)]
    public async Task Section_4_3_A_definition_in_place_of_a_scope_makes_it_a_single_value(Compatibility mode, int warnings)
    {
        var secrets = await ResolveAsync(mode, """{"s":{"type":"env","key":"TOKEN"}}""");

        Json.Same("""{"s":"hunter2"}""", secrets);
        Assert.Equal(warnings, problems.Count(problem => problem.Severity == ProblemSeverity.Warning));
        Assert.False(new ResolvedValues([], secrets).TryGet("absent", out _));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Secrets_of_another_shape_are_an_error(string secrets)
    {
        Assert.Empty(await ResolveAsync(Compatibility.None, secrets));
        Assert.Equal("/secrets", Assert.Single(problems).Pointer);
    }

    [Theory]
    [InlineData(Compatibility.ChaosToolkit, """{"s":{"b":"B","c":{"type":"env","key":"TOKEN"}},"t":{"k":1}}""")]
    [InlineData(Compatibility.None, """{"s":{"a":"A","b":"B","n":{"x":1,"y":2},"c":"hunter2"},"t":{"k":1}}""")]
    public async Task Section_4_6_A_scope_of_a_variable_file_is_merged_or_replaces_in_compatibility_mode(
        Compatibility mode, string expected)
    {
        var overrides = mode == Compatibility.None
            ? """{"s":{"b":"B","n":{"y":2},"c":{"type":"env","key":"TOKEN"}}}"""
            : """{"s":{"b":"B","c":{"type":"env","key":"TOKEN"}}}""";

        var secrets = await ResolveAsync(
            mode, """{"s":{"a":"A","b":{"type":"env","key":"GONE"},"n":{"x":1,"y":1}},"t":{"k":1}}""", overrides);

        Json.Same(expected, secrets);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(Compatibility.None, 1)]
    [InlineData(Compatibility.ChaosToolkit, 0)]
    public async Task Section_4_6_An_undeclared_scope_is_ignored_with_a_warning_in_the_default_mode(Compatibility mode, int warnings)
    {
        Json.Same("""{"s":{"a":1}}""", await ResolveAsync(mode, """{"s":{"a":1}}""", """{"u":{"k":"v"}}"""));
        Assert.Equal(warnings, problems.Count);
    }

    [Fact]
    public async Task Any_secrets_are_resolved_without_a_throw_or_a_change_to_them()
    {
        await Gen.Select(Json.Any, Json.Any).SampleAsync(
            async (any, given) =>
            {
                var experiment = new JsonObject { ["secrets"] = new JsonObject { ["s"] = any?.DeepClone() } };
                var before = experiment.ToJsonString();
                var overrides = VariableOverrides.None with { Secrets = new JsonObject { ["s"] = given?.DeepClone() } };

                await new SecretsResolver(new ValueSources { Overrides = overrides }).ResolveAsync(
                    experiment, [], Json.NoProblems(), CancellationToken.None);

                Assert.Equal(before, experiment.ToJsonString());
            },
            iter: 500);
    }

    private ValueTask<JsonObject> ResolveAsync(Compatibility mode, string secrets, string overrides = "{}")
    {
        var experiment = secrets == "{}" ? [] : new JsonObject { ["secrets"] = Json.Of(secrets) };
        var sources = new ValueSources
        {
            Compatibility = mode,
            Environment = new EnvironmentVariables(new Dictionary<string, string> { ["TOKEN"] = "hunter2", ["PIN"] = "4711" }),
            Overrides = VariableOverrides.None with { Secrets = Json.Map(overrides) },
        };
        return new SecretsResolver(sources).ResolveAsync(experiment, [], problems, TestContext.Current.CancellationToken);
    }
}
