using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Values;
using Turbulence.Variables;

namespace Turbulence.Tests.Values;

public sealed class VariableReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-values-");
    private readonly ProblemList problems = Json.NoProblems();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        Compatibility.None, """{"a":"2","b":{"y":2},"c":"3","v":"9"}""", """{"s":{"k":"1","l":"2","n":{"p":1,"q":2}},"t":{"m":"3"}}""")]
    [InlineData(Compatibility.ChaosToolkit, """{"a":"2","b":{"y":2},"c":"3","v":"9"}""", """{"s":{"l":"2","n":{"q":2}},"t":{"m":"3"}}""")]
    public void Section_4_6_Later_files_and_then_variables_win(Compatibility mode, string configuration, string secrets)
    {
        var first = Write("1.json", """{"configuration":{"a":"1","b":{"x":1},"v":"1"},"secrets":{"s":{"k":"1","n":{"p":1}}}}""");
        var second = Write(
            "2.yml", """{"configuration":{"a":"2","b":{"y":2},"c":"3"},"secrets":{"s":{"l":"2","n":{"q":2}},"t":{"m":"3"}}}""");

        var overrides = Read(mode, [first, second], [new("v", "8"), new("v", "9")]);

        Assert.True(JsonNode.DeepEquals(Json.Of(configuration), overrides.Configuration), overrides.Configuration.ToJsonString());
        Assert.True(JsonNode.DeepEquals(Json.Of(secrets), overrides.Secrets), overrides.Secrets.ToJsonString());
        Assert.Empty(problems);
    }

    [Fact]
    public void Section_4_6_Any_other_extension_is_dotenv_and_the_last_value_of_a_name_wins()
    {
        var overrides = Read(Compatibility.None, [Write("a.env", "\uFEFFA=1\nB=1\n"), Write("b.txt", "B=2\n")]);

        Assert.Equal(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }, overrides.Environment);
        Assert.Empty(overrides.Configuration);
    }

    [Theory]
    [InlineData("x.json", "{")]
    [InlineData("x.yaml", "{")]
    [InlineData("x.json", "{\"a\":hunter2}")]
    public void Section_4_6_A_file_that_cannot_be_parsed(string name, string text)
    {
        var file = Write(name, text);

        Read(Compatibility.None, [file]);
        Read(Compatibility.ChaosToolkit, [file]);

        Assert.Equal([ProblemSeverity.Error, ProblemSeverity.Warning], problems.Select(problem => problem.Severity));
        Assert.All(
            problems, problem => Assert.StartsWith($"Failed to parse variable file '{file}': ", problem.Message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x.json", "{}", 0, 1)]
    [InlineData("x.json", "null", 0, 1)]
    [InlineData("x.json", "\"\"", 0, 1)]
    [InlineData("x.json", "", 0, 1)]
    [InlineData("x.yaml", "# A=1", 0, 0)]
    public void Section_4_6_An_empty_JSON_or_YAML_file_is_dotenv_for_the_reference_only(string name, string text, int ours, int theirs)
    {
        var file = Write(name, text);

        Read(Compatibility.None, [file]);
        Assert.Equal(ours, problems.Count);

        Read(Compatibility.ChaosToolkit, [file]);
        Assert.Equal(ours + theirs, problems.Count);
    }

    [Theory]
    [InlineData("[1]", "must be a map with configuration and secrets")]
    [InlineData("{\"secrets\":[]}", "secrets must be a map")]
    [InlineData("{\"configuration\":\"x\"}", "configuration must be a map")]
    public void A_file_of_another_shape_is_an_error_in_both_modes(string text, string message)
    {
        var file = Write("x.json", text);

        Read(Compatibility.None, [file]);
        Read(Compatibility.ChaosToolkit, [file]);

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.EndsWith(message, problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_or_a_folder_is_an_error()
    {
        Read(Compatibility.None, [Path.Combine(folder.FullName, "none.json"), folder.FullName]);

        Assert.Equal(2, problems.Count);
        Assert.All(problems, problem => Assert.Contains("cannot be read", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_nobody_reads_is_warned_of_in_the_default_mode()
    {
        var file = Write("x.json", """{"notes":{"s":{}}}""");

        Read(Compatibility.ChaosToolkit, [file]);
        Assert.Empty(problems);

        Read(Compatibility.None, [file]);
        Assert.Equal(ProblemSeverity.Warning, Assert.Single(problems).Severity);
    }

    [Theory]
    [InlineData("""{"secret":{"s":{}}}""", "the key 'secret' is not known in a variable file; did you mean 'secrets'? (at /secret)")]
    [InlineData(
        """{"configration":{"a":1}}""",
        "the key 'configration' is not known in a variable file; did you mean 'configuration'? (at /configration)")]
    [InlineData(
        """{"configuration":{"a":{"type":"evn","key":"K"}}}""",
        "the type 'evn' is not known in configuration; did you mean 'env'? (at /configuration/a/type)")]
    [InlineData(
        """{"secrets":{"s":{"a":{"tpye":"env","key":"K"}}}}""",
        "the key 'tpye' is not known in a value of the type env; did you mean 'type'? (at /secrets/s/a/tpye)")]
    public void What_is_misspelt_in_a_file_is_an_error_and_a_warning_in_compatibility_mode(string text, string message)
    {
        var file = Write("x.json", text);

        Read(Compatibility.None, [file]);
        var problem = Assert.Single(problems);
        Assert.Equal((ProblemSeverity.Error, $"variable file '{file}': {message}"), (problem.Severity, problem.Message));

        Read(Compatibility.ChaosToolkit, [file]);
        Assert.Equal(ProblemSeverity.Warning, problems[^1].Severity);
    }

    private VariableOverrides Read(Compatibility mode, string[] files, params VariableDeclaration[] variables) =>
        new VariableReader(Yaml, mode).Read(files, variables, problems);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    // JSON is YAML enough here; a comment is an empty document.
    private static ParsedText Yaml(ReadOnlyMemory<byte> text)
    {
        try
        {
            var content = Encoding.UTF8.GetString(text.Span);
            return new(content.StartsWith('#') ? null : JsonNode.Parse(content));
        }
        catch (System.Text.Json.JsonException)
        {
            return new(null, "not YAML");
        }
    }
}
