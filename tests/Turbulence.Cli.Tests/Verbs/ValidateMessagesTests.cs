using System.Text;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

/// <summary>
/// What a newcomer is told of each mistake in a file: a golden file, to be read as somebody who sees it for the first time. What happened,
/// where, what was expected, what to do; one line each.
/// </summary>
public sealed class ValidateMessagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_mistake_in_a_file_is_told_in_a_line_that_a_newcomer_understands()
    {
        var told = new StringBuilder();
        var accepted = new List<string>();
        foreach (var (file, text) in MistakenExperiments.All)
        {
            var path = folder.Write(file, text);
            var (code, _, error) = await ChaosCommandTests.InvokeAsync("--no-log-file validate", [path]);
            if (code != 64)
            {
                accepted.Add(text);
            }

            told.Append("# ").Append(text.ReplaceLineEndings("⏎")).Append('\n');
            foreach (var line in error
                .Split('\n')
                .Where(line => line.StartsWith(path, StringComparison.Ordinal) || line.Contains("ERROR]", StringComparison.Ordinal)))
            {
                told.Append(line.Replace(path, file, StringComparison.Ordinal).Replace(folder.Path, "{here}", StringComparison.Ordinal)
                    .Replace(Environment.GetEnvironmentVariable("HOME")!, "{home}", StringComparison.Ordinal)).Append('\n');
            }

            told.Append('\n');
        }

        Golden.Matches("validate-messages.txt", told.ToString());
        Assert.Equal([], accepted);
    }
}
