using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Turbulence.Cli.Tests.CommandLine;
using Turbulence.Cli.Tests.Manual;
using Turbulence.Cli.Tests.Verbs;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Keys;
using Turbulence.Loading;
using Turbulence.Options;
using Turbulence.Runs.Schemas;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Cli.Tests.Schemas;

/// <summary>
/// The schema says what validation says: nothing that <c>chaos validate</c> accepts is an error in an editor, and what an editor does not
/// see stands in a golden file.
/// </summary>
public sealed class FormatSchemaTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
    private readonly TemporaryFolder folder = new();

    private static IEnumerable<string> Files => new[] { "samples", "tests", "benchmarks" }
        .SelectMany(static room => Directory.EnumerateFiles(Path.Combine(Root, room), "*", SearchOption.AllDirectories))
        .Where(static file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml"
            && Read(File.ReadAllBytes(file), file) is JsonObject map && map.ContainsKey("method") && map.ContainsKey("title"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_verb_writes_the_schema_that_the_docs_hold()
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync("--no-log-file schema", []);
        Assert.Equal((0, ""), (code, error));
        var committed = Path.Combine(Root, "docs", "experiment.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(committed, said, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken), said);
        var file = folder["own.schema.json"];
        (code, said, error) = await ChaosCommandTests.InvokeAsync("--no-log-file schema -o", [file]);
        Assert.Equal((0, "", ""), (code, said, error));
        Assert.Equal(await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(
            file, TestContext.Current.CancellationToken));
        (code, _, error) = await ChaosCommandTests.InvokeAsync("--no-log-file schema -o", [folder["none/s.json"]]);
        Assert.Equal(2, code);
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_schema_is_one_by_the_rules_of_schemas_and_all_its_references_lead_somewhere(bool isOfExperiments)
    {
        var schema = isOfExperiments ? FormatSchema.Experiment() : FormatSchema.Settings();
        using var text = JsonDocument.Parse(schema.ToJsonString());
        Assert.True(MetaSchemas.Draft7.Evaluate(text.RootElement).IsValid);
        var definitions = schema["definitions"]!.AsObject();
        var used = References(schema).Distinct().ToList();
        Assert.All(used, name => Assert.True(definitions.ContainsKey(name), name));
        Assert.Empty(definitions.Select(static one => one.Key).Except(used));
    }

    [Fact]
    public async Task No_experiment_of_this_repository_that_validates_is_an_error_in_an_editor()
    {
        var valid = 0;
        foreach (var file in Files)
        {
            // Some need what is not here, and some are wrong on purpose.
            var (code, _, _) = await ChaosCommandTests.InvokeAsync("--no-log-file validate", [file]);
            if (code == 0)
            {
                valid++;
                var document = Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), file);
                var problem = ExperimentSchema.Problem(document);
                Assert.True(problem is null, $"{file}: {problem}");
            }
        }

        Assert.True(valid > 15, $"{valid} are valid");
    }

    [Fact]
    public void No_experiment_of_the_manual_is_an_error_in_an_editor()
    {
        var experiments = PageBlock.OfManual().Where(static block => block.IsExperiment).ToList();
        Assert.InRange(experiments.Count, 12, int.MaxValue);
        Assert.All(experiments, static block =>
            Assert.Null(ExperimentSchema.Problem(Read(Encoding.UTF8.GetBytes(block.Text), $"block.{block.Language}"))));
    }

    [Fact]
    public void Of_the_mistakes_that_a_file_may_have_an_editor_shows_all_but_those_of_a_list()
    {
        var unseen = new StringBuilder();
        var seen = 0;
        foreach (var (file, text) in MistakenExperiments.All)
        {
            if (Read(Encoding.UTF8.GetBytes(text), file) is not { } document)
            {
                continue;
            }

            if (ExperimentSchema.Problem(document) is null)
            {
                unseen.Append(text.ReplaceLineEndings("⏎")).Append('\n');
            }
            else
            {
                seen++;
            }
        }

        Golden.Matches("schema-unseen.txt", unseen.ToString());
        Assert.True(seen > 80, $"{seen} are seen");
    }

    [Fact]
    public void Every_slip_that_the_schema_calls_one_is_an_error_of_validation()
    {
        foreach (var key in PlaceSchema.KeysOfHomes.Where(SlipPattern.HasOne))
        {
            var pattern = new Regex(SlipPattern.Of(key));
            foreach (var slip in Slips(key))
            {
                Assert.True(pattern.IsMatch(slip) == (slip.Length > 1 && char.IsAsciiLetter(slip[0])), $"{slip} of {key}");
                Assert.True(!pattern.IsMatch(slip) || slip == key || NearestWord.Find(slip, [key]) == key, $"{slip} is none of {key}");
            }

            Assert.DoesNotMatch(pattern, key + "xx");
            Assert.DoesNotMatch(pattern, "zz" + key);
        }
    }

    [Fact]
    public void Words_that_the_declarations_have_are_those_that_are_read()
    {
        Assert.Equal(HypothesisStrategyName.All, RuntimeKeys.Hypothesis.Words.Select(static word => word.Word));
        Assert.All(ActivityKeys.Dry.Words, static word => Assert.NotNull(ActivityDry.Read(word.Word)));
        Assert.Equal(HookName.All, ControlKeys.Hooks.Forms[0].Items[0].Words.Select(static word => word.Word));
        Assert.Equal(LoadLimits.Names, LimitKeys.All.Select(static key => key.Name));
    }

    [Fact]
    public void Every_key_says_what_it_is_for_and_every_default_and_example_is_one_that_it_takes()
    {
        var places = FormatPage.Places().ToList();
        Assert.True(places.Count > 35, $"{places.Count} places");
        foreach (var (place, key) in places.SelectMany(static place => place.Keys.Select(key => (place, key))))
        {
            Assert.True(key.Summary.Length > 2, $"{key.Name} of {place.Called}");
            foreach (var value in new[] { key.Default, key.Example }.OfType<string>())
            {
                Assert.True(key.Accepts(JsonNode.Parse(value)), $"{value} for {key.Name} of {place.Called}");
            }
        }
    }

    private static IEnumerable<string> Slips(string key)
    {
        for (var i = 0; i <= key.Length; i++)
        {
            yield return key[..i] + "q" + key[i..];
            if (i < key.Length)
            {
                yield return key[..i] + key[(i + 1)..];
                yield return key[..i] + "q" + key[(i + 1)..];
            }

            if (i + 1 < key.Length)
            {
                yield return key[..i] + key[i + 1] + key[i] + key[(i + 2)..];
            }
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map when map.ContainsKey("$ref") && map["$ref"] is JsonValue value => [((string)value!)["#/definitions/".Length..]],
        JsonObject map => map.SelectMany(static member => References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Read(byte[] text, string file)
    {
        var read = Path.GetExtension(file) == ".json" ? JsonDocumentReader.Read(text) : YamlDocumentReader.Read(text);
        return read.HasErrors ? null : read.Root;
    }
}
