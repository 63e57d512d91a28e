using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Tests.Settings;

public sealed class ChaosSettingsTests
{
    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public void Section_10_1_explicit_nulls_are_absent(Compatibility compatibility)
    {
        var settings = Read("auths:\ncontrols: ~\nnotifications: null\nruntime: null\nvendor: null\n", compatibility);
        Assert.Empty(settings.Auths);
        Assert.Empty(settings.Controls);
        Assert.Null(settings.Notifications);
        Assert.Empty(settings.Runtime);
        Assert.Empty(settings.Warnings);
    }

    [Theory]
    [InlineData("notifications: 5", "settings: notifications is left out, because it is not a list but a single value")]
    [InlineData("notifications: {type: http}", "settings: notifications is left out, because it is not a list but a map")]
    [InlineData("auths: [1]", "settings: auths is left out, because it is not a map but a list")]
    [InlineData("controls: yes", "settings: controls is left out, because it is not a map but a single value")]
    [InlineData("runtime: always", "settings: runtime is left out, because it is not a map but a single value")]
    [InlineData(
        "notificatons: []",
        "settings: the key 'notificatons' is not known in the settings; did you mean 'notifications'? (at /notificatons)")]
    [InlineData(
        "runtime: {rolbacks: {strategy: always}}",
        "settings: the key 'rolbacks' is not known in runtime; did you mean 'rollbacks'? (at /runtime/rolbacks)")]
    [InlineData(
        "strategy: always", "settings: the key 'strategy' does nothing in the settings; it is a key of runtime.rollbacks (at /strategy)")]
    public void What_cannot_be_used_is_never_left_out_in_silence(string settings, string warning) =>
        Assert.Equal([warning], Read(settings).Warnings);

    [Fact]
    public void What_other_tools_keep_in_the_settings_is_theirs() => Assert.Empty(Read("vendor: {rolbacks: 1}\nchaosiq: 1\n").Warnings);

    [Fact]
    public void Section_15_K7_variables_of_the_environment_are_replaced()
    {
        var settings = Read(
            """
            auths:
              a.example: { type: bearer, value: "${TOKEN}-$${TOKEN}-$TOKEN-${}" }
              b.example: { type: bearer, value: "${NOT_SET}" }
            notifications:
              - { type: http, url: "http://${NOT_SET}/" }
              - { type: http, url: "http://${HOST_NAME}/" }
            controls:
              c: { provider: { type: http, arguments: { a: "${TOKEN}", b: "${of_the_run}", c: "$${TOKEN}" } } }
            vendor: "${TOKEN}"
            """);
        Assert.Equal("se${HOST_NAME}cret-${TOKEN}-$TOKEN-${}", settings.Auths["a.example"].Value);
        Assert.DoesNotContain("b.example", settings.Auths.Keys);
        Assert.Equal("""[null,{"type":"http","url":"http://here/"}]""", settings.Notifications!.ToJsonString());
        Assert.Equal(
            """{"a":"se${HOST_NAME}cret","b":"${of_the_run}","c":"$${TOKEN}"}""",
            settings.Controls["c"]!["provider"]!["arguments"]!.ToJsonString());
        Assert.Equal("${TOKEN}", (string?)settings.Root["vendor"]);
        Assert.Equal(
            [
                "settings: auths.b.example is left out, because the environment has no NOT_SET",
                "settings: notifications[0] is left out, because the environment has no NOT_SET",
            ],
            settings.Warnings);
    }

    [Fact]
    public void Section_10_1_the_reference_replaces_nothing()
    {
        var settings = Read("auths: { a.example: { type: bearer, value: \"${TOKEN}\" } }", Compatibility.ChaosToolkit);
        Assert.Equal("${TOKEN}", settings.Auths["a.example"].Value);
    }

    [Theory]
    [InlineData("auths: [1]", "settings: auths is left out, because it is not a map but a list")]
    [InlineData("auths: { a: { type: bearer } }", "settings: auths.a is left out, because it needs a type and a value")]
    [InlineData("controls: 5", "settings: controls is left out, because it is not a map but a single value")]
    [InlineData(
        "runtime: { rollbacks: { strategy: sometimes } }", "settings: runtime.rollbacks.strategy is left out: unknown rollback strategy 'sometimes'; known are default, always, never, deviated")]
    [InlineData("runtime: { rollbacks: 5 }", "settings: runtime.rollbacks is left out: rollbacks must be a map")]
    public void What_cannot_be_used_is_told_and_left_out(string yaml, string warning)
    {
        var settings = Read(yaml);
        Assert.Equal(warning, Assert.Single(settings.Warnings));
        Assert.Equal("", (string?)(settings.Runtime["rollbacks"] as JsonObject)?["strategy"] ?? "");
    }

    [Theory]
    [InlineData("{}", "{}", "default", "default", "{}", Compatibility.None)]
    [InlineData("{}", "always", "always", "default", "{}", Compatibility.None)]
    [InlineData("always", "never", "always", "default", "{}", Compatibility.None)]
    [InlineData("{}", "never", "never", "default", "{}", Compatibility.ChaosToolkit)]
    [InlineData("{}", "never", "never", "continuously", "continuously", Compatibility.None)]
    [InlineData("{}", "never", "default", "continuously", "continuously", Compatibility.ChaosToolkit)]
    public void Section_7_2_the_experiment_s_runtime_stands_over_the_settings(
        string experimentRollbacks,
        string settingsRollbacks,
        string rollbacks,
        string hypothesis,
        string experimentHypothesis,
        Compatibility compatibility)
    {
        var experiment = new JsonObject();
        Put(experiment, "rollbacks", experimentRollbacks);
        Put(experiment, "hypothesis", experimentHypothesis);
        var settings = new JsonObject();
        Put(settings, "rollbacks", settingsRollbacks);
        var effective = RuntimeRules.Effective(experiment, settings, compatibility);
        Assert.Equal(rollbacks, (string?)effective["rollbacks"]?["strategy"] ?? "default");
        Assert.Equal(hypothesis, (string?)effective["hypothesis"]?["strategy"] ?? "default");
    }

    [Fact]
    public void A_null_in_the_experiment_hides_no_setting()
    {
        var settings = JsonNode.Parse("""{ "rollbacks": { "strategy": "always" } }""")!.AsObject();
        var experiment = JsonNode.Parse("""{ "rollbacks": { "strategy": null }, "timeout": null }""")!.AsObject();
        Assert.Equal("always", (string?)RuntimeRules.Effective(experiment, settings, Compatibility.None)["rollbacks"]!["strategy"]);
    }

    private static void Put(JsonObject runtime, string block, string strategy)
    {
        if (strategy != "{}")
        {
            runtime[block] = new JsonObject { ["strategy"] = strategy };
        }
    }

    private static ChaosSettings Read(string yaml, Compatibility compatibility = Compatibility.None)
    {
        var environment = new EnvironmentVariables(
            new Dictionary<string, string> { ["TOKEN"] = "se${HOST_NAME}cret", ["HOST_NAME"] = "here" });
        return ChaosSettings.From(YamlDocumentReader.Read(Encoding.UTF8.GetBytes(yaml)).Root!.AsObject(), compatibility, environment);
    }
}
