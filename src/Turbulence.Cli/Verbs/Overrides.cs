using Turbulence.Experiments;
using Turbulence.Experiments.Loading;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>Reads <c>--var</c> and <c>--var-file</c>.</summary>
internal static class Overrides
{
    /// <summary>Reads both; what is wrong goes to <paramref name="problems"/>.</summary>
    public static VariableOverrides Read(
        IEnumerable<string> files, IEnumerable<string> variables, Compatibility compatibility, ProblemList problems)
    {
        var declarations = new List<VariableDeclaration>();
        foreach (var text in variables)
        {
            if (VariableDeclaration.TryParse(text, compatibility, out var declaration, out var failure))
            {
                declarations.Add(declaration);
            }
            else
            {
                problems.Error(DocumentPath.Root, $"Invalid value for '--var': {failure}");
            }
        }

        return new VariableReader(ParseYaml, compatibility).Read(files, declarations, problems);
    }

    /// <summary>Where the values of an experiment come from, what the command line gives laid over the rest.</summary>
    /// <param name="overrides">What the command line gives.</param>
    /// <param name="folder">The experiment's folder.</param>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="time">Measures the time limit of a look-up.</param>
    public static ValueSources Sources(VariableOverrides overrides, string folder, Compatibility compatibility, TimeProvider time) => new()
    {
        Compatibility = compatibility,
        Environment = EnvironmentVariables.OfProcess.With(overrides.Environment),
        Overrides = overrides,
        Folder = folder,
        Time = time,
    };

    private static ParsedText ParseYaml(ReadOnlyMemory<byte> text)
    {
        var document = YamlDocumentReader.Read(text.Span);
        return document.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } mistake
            ? new ParsedText(null, mistake.Position is { } at ? $"{mistake.Message} (line {at.Line})" : mistake.Message)
            : new ParsedText(document.Root);
    }
}
