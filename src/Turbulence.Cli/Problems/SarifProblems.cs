using System.Text;
using Turbulence.Cli.CommandLine;
using Turbulence.Reports.Formats;

namespace Turbulence.Cli.Problems;

/// <summary><c>sarif</c>: SARIF 2.1.0, for code scanning and editors.</summary>
internal sealed class SarifProblems : IProblemFormat
{
    /// <inheritdoc/>
    public string Name => "sarif";

    /// <inheritdoc/>
    public string Write(IReadOnlyList<CheckedSource> sources)
    {
        using var target = new MemoryStream();
        SarifProblem[] problems =
        [
            .. sources.SelectMany(static source =>
                source.Problems.Select(one => new SarifProblem(one.IsOwn ? source.Name : null, one.Problem))),
        ];
        SarifProblem.Write(target, problems, ProgramVersion.Text, Directory.GetCurrentDirectory());
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
