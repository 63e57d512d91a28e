using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Controls.Http;
using Turbulence.Controls.Processes;
using Turbulence.Documents;
using Turbulence.Validation;

namespace Turbulence.Tests.Controls;

/// <summary>Section 3.4: the rules for controls, every problem with its place.</summary>
public sealed class ControlValidatorTests
{
    [Theory]
    [InlineData("""{"provider":{"type":"http","url":"http://localhost/"}}""", "A control must have a `name` property", "/controls/0")]
    [InlineData("""{"name":"c"}""", "Control 'c' must have a `provider` property", "/controls/0")]
    [InlineData(
        """{"name":"c","scope":"pre","provider":{"type":"http","url":"http://localhost/"}}""",
        "Control 'c' scope property must be 'before' or 'after' only",
        "/controls/0/scope")]
    [InlineData("""{"name":"c","provider":{"type":"python"}}""", "Control 'c' must have a module path", "/controls/0/provider")]
    [InlineData("""{"ref":"x"}""", "Control reference 'x' declaration cannot be found", "/controls/0/ref")]
    [InlineData("""{"name":"c","provider":{"type":"http"}}""", "a HTTP activity must have a URL", "/controls/0/provider")]
    [InlineData(
        """{"name":"c","provider":{"type":"http","url":"http://localhost/","timeout":0}}""",
        "Control 'c' timeout must be a number of seconds above 0",
        "/controls/0/provider/timeout")]
    [InlineData("""{"name":"c","provider":{"type":"process"}}""", "Control 'c' must have the path of a program", "/controls/0/provider")]
    [InlineData(
        """{"name":"c","provider":{"type":"process","path":"no-such-program"}}""",
        "path 'no-such-program' cannot be found, in control 'c'",
        "/controls/0/provider/path")]
    [InlineData(
        """{"name":"c","provider":{"type":"process","path":"sh","args":"-c"}}""",
        "Control 'c' args must be a list, not \"-c\"",
        "/controls/0/provider/args")]
    [InlineData(
        """{"name":"c","provider":{"type":"process","path":"sh","secrets":"s"}}""",
        "Control 'c' secrets must be a list of scopes",
        "/controls/0/provider/secrets")]
    [InlineData("7", "a control must be a map of its properties", "/controls/0")]
    public void Each_rule_has_its_message_and_its_place(string control, string message, string pointer)
    {
        var problem = Assert.Single(Problems($"[{control}]"));
        Assert.Equal((message, pointer, ProblemSeverity.Error), (problem.Message, problem.Pointer, problem.Severity));
    }

    [Fact]
    public void Unknown_hooks_are_named_with_the_known_ones()
    {
        var problem = Assert.Single(Problems("""[{"name":"c","provider":{"type":"process","path":"sh","hooks":["before_activty"]}}]"""));
        Assert.Equal("/controls/0/provider/hooks", problem.Pointer);
        Assert.Contains("before_activity", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", """,{"module":"m"}""")]
    [InlineData("wasm", "")]
    public void An_unknown_provider_is_an_error_and_a_warning_in_the_reference(string type, string more)
    {
        var provider = more.Length == 0 ? $$"""{"type":"{{type}}"}""" : $$"""{"type":"{{type}}","module":"m"}""";
        var problem = Assert.Single(Problems($$"""[{"name":"c","provider":{{provider}}}]"""));
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.Equal(
            ProblemSeverity.Warning,
            Assert.Single(Problems($$"""[{"name":"c","provider":{{provider}}}]""", Compatibility.ChaosToolkit)).Severity);
        Assert.Contains($"'{type}' is unknown", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ref_needs_neither_name_nor_provider_but_in_the_reference()
    {
        const string controls = """[{"name":"c","provider":{"type":"process","path":"sh"}},{"ref":"c"}]""";
        Assert.Empty(Problems(controls));
        Assert.Equal(
            ["A control must have a `name` property", "Control 'None' must have a `provider` property"],
            Problems(controls, Compatibility.ChaosToolkit).Select(problem => problem.Message));
    }

    [Fact]
    public void In_the_reference_the_missing_ref_has_no_name()
    {
        Assert.Contains(
            "Control reference '{}' declaration cannot be found",
            Problems("""[{"ref":"x","name":"y","provider":{"type":"process","path":"sh"}}]""", Compatibility.ChaosToolkit).Select(
                problem => problem.Message));
    }

    [Fact]
    public void Every_place_is_checked_in_the_order_of_the_reference()
    {
        var document = Document();
        document["controls"] = JsonNode.Parse("[{}]");
        document["rollbacks"] = JsonNode.Parse("""[{"type":"action","name":"r","provider":{"type":"none"},"controls":[{"name":"c"}]}]""");
        document["method"] = JsonNode.Parse("""[{"type":"action","name":"r","provider":{"type":"none"},"controls":{}}]""");
        document["steady-state-hypothesis"] = JsonNode.Parse("""{"title":"h","controls":[{"name":"c"}],"probes":[]}""");
        Assert.Equal(
            ["/controls/0", "/controls/0", "/steady-state-hypothesis/controls/0", "/method/0/controls", "/rollbacks/0/controls/0"],
            Validate(document, Compatibility.None)
                .Where(problem => problem.Pointer.Contains("controls", StringComparison.Ordinal))
                .Select(problem => problem.Pointer));
    }

    [Fact]
    public void A_misspelt_key_is_an_error()
    {
        var problem = Assert.Single(Problems("""[{"name":"c","scop":"before","provider":{"type":"process","path":"sh"}}]"""));
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("\"actions\"", 0)]
    [InlineData("\"sometimes\"", 1)]
    [InlineData("1", 1)]
    public void An_activity_s_dry_is_a_boolean_or_a_mode(string dry, int errors)
    {
        var document = Document();
        document["method"] = JsonNode.Parse($$"""[{"type":"action","name":"a","provider":{"type":"none"},"dry":{{dry}}}]""");
        Assert.Equal(errors, Validate(document, Compatibility.None).Count(problem => problem.Pointer == "/method/0/dry"));
        Assert.DoesNotContain(Validate(document, Compatibility.ChaosToolkit), problem => problem.Pointer == "/method/0/dry");
    }

    private static JsonObject Document() => new() { ["title"] = "t", ["description"] = "d", ["method"] = new JsonArray() };

    private static ProblemList Problems(string controls, Compatibility compatibility = Compatibility.None)
    {
        var document = Document();
        document["controls"] = JsonNode.Parse(controls);
        return Validate(document, compatibility);
    }

    private static ProblemList Validate(JsonObject document, Compatibility compatibility)
    {
        using var http = new HttpControlProvider();
        var controls = new ControlProviders(http, new ProcessControlProvider());
        return new ExperimentValidator(new ActivityProviders(), compatibility, controls).Validate(
            document, new DocumentMap { Root = document });
    }
}
