using System.Text.Json.Nodes;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class ValidateFormatTests : IDisposable
{
    private const string Valid = """{"title": "t", "description": "d", "method": []}""";

    private const string Mistaken = """
        {
          "title": "t", "description": "d",
          "method": [{"type": "probe", "name": "p", "provider": {"type": "a%b\n::set-output::c"}}],
          "controlls": [], "note": 1
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Json_says_of_each_problem_how_grave_it_is_and_where()
    {
        var file = folder.Write("bad.json", Mistaken);
        var (code, said, error) = await ValidateAsync("json", folder.Write("good.json", Valid), file);
        Assert.Equal(64, code);
        Assert.Equal("", error);
        var found = JsonNode.Parse(said)!;
        Assert.False(found["valid"]!.GetValue<bool>());
        Assert.Equal([true, false], found["sources"]!.AsArray().Select(source => source!["valid"]!.GetValue<bool>()));
        Assert.Equal((2, 1), (found["errors"]!.GetValue<int>(), found["warnings"]!.GetValue<int>()));
        Assert.Equal(
            [
                (file, 3, 66, "/method/0/provider/type", "error"), (file, 4, 16, "/controlls", "error"), (file, 4, 28, "/note", "warning"),
            ],
            found["problems"]!.AsArray().Select(problem => (
                problem!["file"]!.GetValue<string>(),
                problem["line"]!.GetValue<int>(),
                problem["column"]!.GetValue<int>(),
                problem["pointer"]!.GetValue<string>(),
                problem["severity"]!.GetValue<string>())));
        Assert.StartsWith("unknown provider type 'a%b\n::set", found["problems"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_command_line_is_no_problem_of_a_file()
    {
        var (code, said, _) = await ValidateAsync("json", folder.Write("good.json", Valid), "--var-file", folder["none.json"]);
        Assert.Equal(64, code);
        var problem = Assert.Single(JsonNode.Parse(said)!["problems"]!.AsArray())!;
        Assert.Null(problem["file"]);
        Assert.Null(problem["pointer"]);
        Assert.Contains("cannot be read", problem["message"]!.GetValue<string>(), StringComparison.Ordinal);
        (_, said, _) = await ValidateAsync("github", folder.Write("good.json", Valid), "--var-file", folder["none.json"]);
        Assert.StartsWith("::error::", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_gets_a_command_a_line_and_no_text_of_an_experiment_becomes_one()
    {
        var (code, said, error) = await ValidateAsync("github", folder.Write("a,b:c%.json", Mistaken));
        Assert.Equal(64, code);
        Assert.Equal("", error);
        var lines = said.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, static line => Assert.Matches("^::(error|warning) file=[^,:]+,line=[0-9]+,col=[0-9]+::[^:]", line));
        Assert.Contains("/a%2Cb%3Ac%25.json,line=3,col=66::unknown provider type 'a%25b%0A::set-output::c'", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" (at /method/0/provider/type)", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("::warning ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_has_each_problem_at_its_place_and_the_same_fingerprint_when_lines_are_put_above_it()
    {
        var file = folder.Write("bad.json", Mistaken);
        var (code, said, error) = await ValidateAsync("sarif", file);
        Assert.Equal((64, ""), (code, error));
        var results = Results(said);
        Assert.Equal(["error", "error", "warning"], results.Select(result => result["level"]!.GetValue<string>()));
        var region = results[0]["locations"]![0]!["physicalLocation"]!["region"]!;
        Assert.Equal((3, 66), (region["startLine"]!.GetValue<int>(), region["startColumn"]!.GetValue<int>()));
        Assert.Equal(
            "/method/0/provider/type",
            results[0]["locations"]![0]!["logicalLocations"]![0]!["fullyQualifiedName"]!.GetValue<string>());
        folder.Write("bad.json", "\n\n" + Mistaken);
        (_, said, _) = await ValidateAsync("sarif", file);
        Assert.Equal(results.Select(Fingerprint), Results(said).Select(Fingerprint));
        Assert.Equal(5, Results(said)[0]["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("json", "\"problems\": []")]
    [InlineData("sarif", "\"results\": []")]
    [InlineData("github", "")]
    public async Task A_valid_experiment_has_a_document_without_problems(string format, string expected)
    {
        var (code, said, error) = await ValidateAsync(format, folder.Write("good.json", Valid));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Equal(format == "github", said.Length == 0);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1, "--compat", "chaostoolkit")]
    public async Task Several_files_are_all_looked_at_and_the_first_that_is_wrong_gives_the_exit_code(int expected, params string[] more)
    {
        var (good, bad) = (folder.Write("good.json", Valid), folder.Write("bad.json", Mistaken));
        var (code, said, error) = await ValidateAsync("text", [bad, good, .. more]);
        Assert.Equal((expected, ""), (code, said));
        Assert.Contains($"{good}: experiment syntax and semantic look valid\n", error, StringComparison.Ordinal);
        Assert.Contains("unknown provider type", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_mode_has_every_problem_for_programs_too()
    {
        var (code, said, _) = await ValidateAsync("github", folder.Write("bad.json", Mistaken), "--compat", "chaostoolkit");
        Assert.Equal(1, code);
        Assert.Contains("::warning file=", said, StringComparison.Ordinal);
        Assert.Contains("::error file=", said, StringComparison.Ordinal);
    }

    private static JsonNode[] Results(string sarif) => [.. JsonNode.Parse(sarif)!["runs"]![0]!["results"]!.AsArray().Select(result => result!)];

    private static string Fingerprint(JsonNode result) => result["partialFingerprints"]!["turbulence/v1"]!.GetValue<string>();

    private static Task<(int Code, string Said, string Error)> ValidateAsync(string format, params string[] arguments) =>
        ChaosCommandTests.InvokeAsync($"--no-log-file validate --format {format}", arguments);
}
