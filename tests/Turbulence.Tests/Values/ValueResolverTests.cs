using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class ValueResolverTests
{
    private readonly ProblemList problems = Json.NoProblems();

    [Fact]
    public async Task Section_4_1_Static_configuration_then_secrets_then_probes()
    {
        var experiment = Json.Map("""
            {"configuration":{"a":1,"p":{"type":"probe","provider":{"type":"python"}}},
             "secrets":{"s":{"k":{"type":"env","key":"TOKEN"}}}}
            """);
        ResolvedValues? seen = null;

        var values = await new ValueResolver(Sources(Compatibility.None)).ResolveAsync(
            experiment,
            (_, known, _) =>
            {
                seen = known;
                return ValueTask.FromResult(ActivityResult.Succeeded("found"));
            },
            problems,
            TestContext.Current.CancellationToken);

        Json.Same("""{"s":{"k":"hunter2"}}""", seen!.Secrets);
        Json.Same("""{"a":1,"p":"found"}""", values.Configuration);
        Json.Same("""{"s":{"k":"hunter2"}}""", values.Secrets);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Probes_are_not_run_when_something_before_them_is_wrong()
    {
        var experiment = Json.Map(
            """{"configuration":{"p":{"type":"probe","provider":{"type":"python"}}},"secrets":{"s":{"k":{"type":"env","key":"GONE"}}}}""");
        var ran = false;

        await new ValueResolver(Sources(Compatibility.None)).ResolveAsync(
            experiment,
            (_, _, _) =>
            {
                ran = true;
                return ValueTask.FromResult(ActivityResult.Succeeded(1));
            },
            problems,
            TestContext.Current.CancellationToken);

        Assert.False(ran);
        Assert.True(problems.HasErrors);
    }

    [Theory]
    [InlineData(Compatibility.None, 0)]
    [InlineData(Compatibility.ChaosToolkit, 1)]
    public async Task Section_4_6_Overrides_count_in_validation_but_not_for_the_reference(Compatibility mode, int errors)
    {
        var experiment = Json.Map("""{"configuration":{"a":{"type":"env","key":"GONE"},"p":{"type":"probe"}}}""");
        var sources = Sources(mode) with { Overrides = VariableOverrides.None with { Configuration = Json.Map("""{"a":"given"}""") } };

        var values = await new ValueResolver(sources).ResolveForValidationAsync(
            experiment, problems, TestContext.Current.CancellationToken);

        Json.Same(errors == 0 ? """{"a":"given"}""" : "{}", values.Configuration);
        Assert.Equal(errors, problems.Count);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Section_4_6_Overrides_count_in_a_run_in_both_modes(Compatibility mode)
    {
        var sources = Sources(mode) with { Overrides = VariableOverrides.None with { Configuration = Json.Map("""{"a":"given"}""") } };

        var values = await new ValueResolver(sources).ResolveAsync(
            Json.Map("""{"configuration":{"a":{"type":"env","key":"GONE"}}}"""),
            (_, _, _) => ValueTask.FromResult(ActivityResult.Succeeded(null)),
            problems,
            TestContext.Current.CancellationToken);

        Json.Same("""{"a":"given"}""", values.Configuration);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Section_15_5_A4_Offline_validation_leaves_Vault_alone()
    {
        var experiment = Json.Map("""{"secrets":{"s":{"k":{"type":"vault","path":"x"}}}}""");

        var values = await new ValueResolver(Sources(Compatibility.None) with { Offline = true })
            .ResolveForValidationAsync(experiment, problems, TestContext.Current.CancellationToken);

        Json.Same("""{"s":{"k":null}}""", values.Secrets);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Neither_configuration_nor_secrets_is_nothing_to_substitute_from()
    {
        var values = await new ValueResolver(Sources(Compatibility.None)).ResolveForValidationAsync(
            [], problems, TestContext.Current.CancellationToken);

        Assert.True(values.IsEmpty);
        Assert.Empty(problems);
    }

    private static ValueSources Sources(Compatibility mode) => new()
    {
        Compatibility = mode,
        Environment = new EnvironmentVariables(new Dictionary<string, string> { ["TOKEN"] = "hunter2" }),
    };
}
