using System.Globalization;
using System.Text;
using Turbulence.Cli.Lines;
using Turbulence.Documents;

namespace Turbulence.Cli.Problems;

/// <summary>
/// <c>github</c>: a workflow command of GitHub Actions for each problem, which shows it beside the line of the file:
/// <c>::error file=experiment.json,line=3,col=12::message (at /method)</c>. What has a meaning in such a line is escaped as
/// their runner reads it (actions/toolkit, command.ts), so that no text of an experiment becomes a command.
/// </summary>
internal sealed class GitHubProblems : IProblemFormat
{
    /// <inheritdoc/>
    public string Name => "github";

    /// <inheritdoc/>
    public string Write(IReadOnlyList<CheckedSource> sources)
    {
        var lines = new StringBuilder();
        foreach (var source in sources)
        {
            foreach (var (problem, isOwn) in source.Problems)
            {
                var isFile = isOwn && !source.IsUrl;
                lines.Append(problem.Severity == ProblemSeverity.Error ? "::error" : "::warning");
                if (isFile)
                {
                    lines.Append(" file=").Append(Property(source.Name));
                    if (problem.Position is { } at)
                    {
                        lines.Append(CultureInfo.InvariantCulture, $",line={at.Line},col={at.Column}");
                    }
                }

                var pointer = isOwn && problem.Pointer.Length > 0 ? $" (at {problem.Pointer})" : "";
                var from = isFile ? "" : $"{source.Name}: ";
                lines.Append("::").Append(Escaped($"{from}{problem.Message.Trim()}{pointer}")).Append('\n');
            }
        }

        return lines.ToString();
    }

    private static string Escaped(string text) => PrintableText.Of(text)
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Escaped(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
