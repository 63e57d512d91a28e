using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class ConfigurationResolverTests
{
    private readonly ProblemList problems = Json.NoProblems();

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("null", "null")]
    [InlineData("[1,{\"type\":\"env\"}]", "[1,{\"type\":\"env\"}]")]
    [InlineData("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}")]
    [InlineData("\"${other}\"", "\"${other}\"")]
    [InlineData("{\"type\":\"file\",\"path\":\"x\"}", "{\"type\":\"file\",\"path\":\"x\"}")]
    [InlineData("{\"type\":\"vault\",\"path\":\"x\"}", "{\"type\":\"vault\",\"path\":\"x\"}")]
    [InlineData("{\"type\":1}", "{\"type\":1}")]
    [InlineData("{\"type\":\"env\",\"key\":\"PORT\"}", "\"8002\"")]
    [InlineData("{\"type\":\"env\",\"key\":\"PORT\",\"env_var_type\":\"int\"}", "8002")]
    [InlineData("{\"type\":\"env\",\"key\":\"PORT\",\"env_var_type\":null}", "\"8002\"")]
    [InlineData("{\"type\":\"env\",\"key\":\"EMPTY\",\"default\":\"d\"}", "\"\"")]
    [InlineData("{\"type\":\"env\",\"key\":\"GONE\",\"default\":\"d\"}", "\"d\"")]
    [InlineData("{\"type\":\"env\",\"key\":\"GONE\",\"default\":null}", "null")]
    [InlineData("{\"type\":\"env\",\"key\":\"GONE\",\"default\":null,\"env_var_type\":\"json\"}", "null")]
    [InlineData("{\"type\":\"env\",\"key\":\"GONE\",\"default\":\"80\",\"env_var_type\":\"int\"}", "80")]
    [InlineData("{\"type\":\"env\",\"key\":\"LIST\",\"env_var_type\":\"json\"}", "[1,2]")]
    public void Section_4_2_A_value_in_both_modes(string definition, string expected)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            var values = Resolver(mode).ResolveStatic(Json.Map($$"""{"configuration":{"k":{{definition}} } }"""), problems);

            Assert.True(values.ContainsKey("k"));
            Json.Same(expected, values["k"]);
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("{\"type\":\"env\",\"key\":\"GONE\"}", "Configuration makes reference to an environment key that does not exist: GONE")]
    [InlineData("{\"type\":\"env\"}", "an env definition needs the name of an environment variable under 'key'")]
    [InlineData("{\"type\":\"env\",\"key\":7}", "an env definition needs the name of an environment variable under 'key'")]
    [InlineData(
        "{\"type\":\"env\",\"key\":\"PATHS\",\"env_var_type\":\"int\"}",
        "environment variable 'PATHS' cannot be read as int: invalid literal for int() with base 10: 'a:b'")]
    [InlineData(
        "{\"type\":\"env\",\"key\":\"PORT\",\"env_var_type\":\"number?\"}",
        "environment variable 'PORT' cannot be read as number?: variable type can only be: bool, str, int, float, bytes or json")]
    [InlineData(
        "{\"type\":\"env\",\"key\":\"GONE\",\"default\":null,\"env_var_type\":\"int\"}",
        "the default of environment variable 'GONE' cannot be read as int: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'")]
    public void Section_4_2_What_cannot_be_resolved_is_an_error_in_both_modes(string definition, string message)
    {
        foreach (var mode in Enum.GetValues<Compatibility>())
        {
            var found = Json.NoProblems();

            var values = Resolver(mode).ResolveStatic(Json.Map($$"""{"configuration":{"k":{{definition}} } }"""), found);

            Assert.Empty(values);
            Assert.Equal(new Problem("/configuration/k", null, message), Assert.Single(found));
        }
    }

    [Fact]
    public void Every_missing_variable_is_reported()
    {
        var values = Resolver().ResolveStatic(
            Json.Map("""{"configuration":{"a":{"type":"env","key":"A"},"b":1,"c":{"type":"env","key":"C"}}}"""), problems);

        Json.Same("""{"b":1}""", values);
        Assert.Equal(["/configuration/a", "/configuration/c"], problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void Section_4_6_An_override_replaces_the_whole_definition_and_is_resolved_itself()
    {
        var overrides = Json.Map("""{"a":"given","b":{"type":"env","key":"PORT","env_var_type":"int"},"c":null,"p":1}""");
        var experiment = Json.Map("""{"configuration":{"a":{"type":"env","key":"GONE"},"b":1,"c":2,"p":{"type":"probe"},"d":3}}""");

        var values = Resolver(Compatibility.None, overrides).ResolveStatic(experiment, problems);

        Json.Same("""{"a":"given","b":8002,"c":null,"p":1,"d":3}""", values);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(Compatibility.None, 1)]
    [InlineData(Compatibility.ChaosToolkit, 0)]
    public void Section_4_6_An_undeclared_variable_is_ignored_with_a_warning_in_the_default_mode(Compatibility mode, int warnings)
    {
        var values = Resolver(mode, Json.Map("""{"typo":"x"}""")).ResolveStatic(Json.Map("""{"configuration":{"a":1}}"""), problems);

        Json.Same("""{"a":1}""", values);
        Assert.Equal(warnings, problems.Count);
        Assert.All(problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{\"configuration\":null}", 1)]
    [InlineData("{\"configuration\":[]}", 1)]
    public void A_configuration_of_another_shape_is_an_error(string experiment, int errors)
    {
        Assert.Empty(Resolver().ResolveStatic(Json.Map(experiment), problems));
        Assert.Equal(errors, problems.Count);
    }

    [Theory]
    [InlineData(Compatibility.None, 1)]
    [InlineData(Compatibility.ChaosToolkit, 0)]
    public void A_text_that_is_true_only_by_rule_is_warned_of_in_the_default_mode(Compatibility mode, int warnings)
    {
        var values = Resolver(mode).ResolveStatic(
            Json.Map("""{"configuration":{"k":{"type":"env","key":"OFF","env_var_type":"bool"}}}"""), problems);

        Json.Same("""{"k":true}""", values);
        Assert.Equal(warnings, problems.Count(problem => problem.Severity == ProblemSeverity.Warning));
    }

    [Fact]
    public void Any_configuration_is_resolved_without_a_throw_or_a_change_to_it()
    {
        Gen.Select(Json.Any, Gen.OneOf("env", "probe", "vault", "x"), Json.Any, Json.Any).Sample(
            (any, type, key, other) =>
            {
                var experiment = new JsonObject
                {
                    ["configuration"] = any?.DeepClone() is JsonObject map
                        ? map
                        : new JsonObject
                        {
                            ["k"] = new JsonObject
                            {
                                ["type"] = type,
                                ["key"] = key?.DeepClone(),
                                ["default"] = any?.DeepClone(),
                                ["env_var_type"] = other?.DeepClone(),
                            }
                        },
                };
                var before = experiment.ToJsonString();

                Resolver().ResolveStatic(experiment, Json.NoProblems());

                Assert.Equal(before, experiment.ToJsonString());
            },
            iter: 500);
    }

    private static ConfigurationResolver Resolver(Compatibility mode = Compatibility.None, JsonObject? overrides = null) =>
        new(new ValueSources
        {
            Compatibility = mode,
            Environment = new EnvironmentVariables(new Dictionary<string, string>
            {
                ["PORT"] = "8002",
                ["EMPTY"] = "",
                ["LIST"] = "[1,2]",
                ["PATHS"] = "a:b",
                ["OFF"] = "off",
            }),
            Overrides = VariableOverrides.None with { Configuration = overrides ?? [] },
        });
}
