using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Manual;

/// <summary>
/// What the manual shows to be copied can be: each whole experiment on its pages is valid, and without a warning. Those that are files
/// are run by other tests.
/// </summary>
public sealed class ManualExperimentsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_experiment_of_the_manual_is_valid()
    {
        var experiments = PageBlock.OfManual().Where(static block => block is { IsExperiment: true, File: null }).ToList();
        Assert.InRange(experiments.Count, 12, int.MaxValue);
        foreach (var block in experiments)
        {
            var (code, _, error) = await ChaosCommandTests.InvokeAsync(
                "--no-log-file validate", [folder.Write($"experiment.{block.Language}", block.Text)]);
            Assert.True(code == 0 && !error.Contains(": warning:", StringComparison.Ordinal), $"{block.Page}:{block.Line}: {error}");
        }
    }

    [Fact]
    public void A_block_that_says_which_file_it_is_is_that_file()
    {
        var blocks = PageBlock.OfManual().Where(static block => block.File is not null).ToList();
        Assert.InRange(blocks.Count, 8, int.MaxValue);
        Assert.Equal([], blocks
            .Where(static block => block.Text != File.ReadAllText(
                Path.Combine(BuiltProgram.Root, Path.GetDirectoryName(block.Page)!, block.File!)))
            .Select(static block => $"{block.Page}:{block.Line} is not {block.File}"));
    }

    [Fact]
    public void Blocks_are_told_apart()
    {
        const string Page = "Text.\n\n[a.yaml](x/a.yaml):\n```yaml\ntitle: a\nmethod: []\n```\n\n  ```json\n  { \"method\": [] }\n  ```\n\n```\nplain\n```\n";
        var blocks = PageBlock.Of("page.md", Page).ToList();
        Assert.Equal(
            [("yaml", 4, "title: a\nmethod: []\n", "x/a.yaml"), ("json", 9, "{ \"method\": [] }\n", null), ("", 13, "plain\n", null)],
            blocks.Select(static block => (block.Language, block.Line, block.Text, block.File)));
        Assert.Equal([true, false, false], blocks.Select(static block => block.IsExperiment));
    }
}
