using System.Text;
using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Hosts.Python;

namespace Turbulence.Conformance.Tests;

/// <summary>
/// Every experiment of every case, validated with the reference's rules and nothing set around it: exit code and lines, held against
/// <c>ValidatedCases.txt</c>. What the default mode learns to refuse must not be refused here. <c>UPDATE_GOLDEN=1 TURBULENCE_TESTS=all</c>
/// writes the file anew.
/// </summary>
public sealed class ValidatedCasesTests
{
    private static readonly string File = Path.Combine(Case.Folder, "..", "ValidatedCases.txt");

    [Theory]
    [InlineData(false, 300)]
    [GateData(true, 100)]
    public async Task Validating_every_experiment_of_the_suite_in_compat_says_what_it_said_before(bool needsPython, int least)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the cases use a shell");
        var cancellation = TestContext.Current.CancellationToken;
        Needs.That(!needsPython || (await new PythonRuntime().FindAsync(cancellation)).IsFound, Needs.Python);
        var all = Directory.EnumerateDirectories(Case.Folder).Order(StringComparer.Ordinal)
            .SelectMany(folder => Case.Of(Path.GetFileName(folder)))
            .Where(found => found.Experiment is not null)
            .ToList();
        var cases = all.Where(found => found.NeedsPython == needsPython).ToList();
        var blocks = new string[cases.Count];
        await Parallel.ForAsync(0, cases.Count, new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = cancellation,
        }, async (i, _) =>
            blocks[i] = await ValidateAsync(cases[i]));
        var said = blocks.ToDictionary(block => block.Split('\n')[0].Split(' ')[0]);
        var recorded = (await System.IO.File.ReadAllTextAsync(File, cancellation)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(block => block.Split(' ')[0], block => block.TrimEnd('\n') + "\n\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await System.IO.File.WriteAllTextAsync(
                File,
                string.Concat(all.Select(found => said.GetValueOrDefault(found.Name) ?? recorded.GetValueOrDefault(found.Name))),
                cancellation);
            return;
        }

        Assert.True(said.Count > least, $"{said.Count} cases have an experiment");
        Assert.Multiple([.. said.Select(entry =>
            (Action)(() => Assert.Equal(recorded.GetValueOrDefault(entry.Key, "not recorded: UPDATE_GOLDEN=1 writes it"), entry.Value)))]);
    }

    private static async Task<string> ValidateAsync(Case found)
    {
        using var room = new CaseRoom(found);
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = [
            "--compat", "chaostoolkit", "--no-log-file", "--settings", room["no-settings.yaml"], "validate", room["experiment.json"],
        ];
        var code = await ChaosCommand.InvokeAsync(arguments, new Surroundings(output, error, IsTerminal: false, TimeProvider.System));
        var block = new StringBuilder();
        block.Append(found.Name).Append(' ').Append(code).Append('\n');
        foreach (var line in ConsoleLines.Of(error.ToString()).Concat(output.ToString().Split('\n')).Where(line => line.Length > 0))
        {
            var unplaced = line.Replace(room.Path, "{here}", StringComparison.Ordinal);
            block.Append("    ").Append(room.Replace("{server}") is { Length: > 8 } server
                ? unplaced.Replace(server, "{server}", StringComparison.Ordinal)
                : unplaced).Append('\n');
        }

        return block.Append('\n').ToString();
    }
}
