using System.Text.Json.Nodes;
using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Hosts.Python;
using Turbulence.Loading;

namespace Turbulence.Conformance.Tests;

/// <summary>
/// What <c>chaos validate</c> accepts of the suite's experiments, <c>docs/experiment.schema.json</c> accepts: no editor calls an error what
/// is none.
/// </summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData(false, 150)]
    [GateData(true, 50)]
    public async Task No_experiment_of_the_suite_that_validates_is_an_error_in_an_editor(bool needsPython, int least)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the cases use a shell");
        var cancellation = TestContext.Current.CancellationToken;
        Needs.That(!needsPython || (await new PythonRuntime().FindAsync(cancellation)).IsFound, Needs.Python);
        var cases = Directory.EnumerateDirectories(Case.Folder).Order(StringComparer.Ordinal)
            .SelectMany(folder => Case.Of(Path.GetFileName(folder)))
            .Where(found => found.Experiment is not null && found.NeedsPython == needsPython)
            .ToList();
        var wrong = new string?[cases.Count];
        var valid = 0;
        await Parallel.ForAsync(0, cases.Count, new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = cancellation,
        }, async (i, token) =>
        {
            using var room = new CaseRoom(cases[i]);
            if (await IsValidAsync(room))
            {
                Interlocked.Increment(ref valid);
                var document = JsonDocumentReader.Read(await File.ReadAllBytesAsync(room["experiment.json"], token)).Root;
                wrong[i] = ExperimentSchema.Problem(document) is { } problem ? $"{cases[i].Name}: {problem}" : null;
            }
        });
        Assert.Empty(wrong.OfType<string>());
        Assert.True(valid > least, $"{valid} of {cases.Count} are valid");
    }

    [Fact]
    public void What_no_experiment_can_be_is_an_error_in_an_editor()
    {
        string[] broken = ["[]", "5", "null", """{"title": "t"}""", """{"title": "t", "description": "d", "method": {}}"""];
        Assert.All(broken, static text => Assert.NotNull(ExperimentSchema.Problem(JsonNode.Parse(text))));
    }

    private static async Task<bool> IsValidAsync(CaseRoom room)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = ["--no-log-file", "--settings", room["no-settings.yaml"], "validate", room["experiment.json"]];
        return await ChaosCommand.InvokeAsync(arguments, new Surroundings(output, error, IsTerminal: false, TimeProvider.System)) == 0;
    }
}
