using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Runs.Requests;
using Turbulence.Values;
using Turbulence.Variables;

namespace Turbulence.Runs.Composition;

/// <summary>The values that are given to a run beside its experiment.</summary>
internal static class GivenValues
{
    /// <summary>Reads both kinds; what is wrong goes to <paramref name="problems"/>.</summary>
    public static VariableOverrides Read(RunRequest request, RunPlace place, ProblemList problems)
    {
        var declarations = new List<VariableDeclaration>();
        foreach (var text in request.Variables)
        {
            if (VariableDeclaration.TryParse(text, request.Compatibility, out var declaration, out var failure))
            {
                declarations.Add(declaration);
            }
            else
            {
                problems.Error(DocumentPath.Root, $"Invalid value for '--var': {failure}");
            }
        }

        return new VariableReader(ParseYaml, request.Compatibility) { Folder = place.Folder }.Read(
            request.VariableFiles, declarations, problems);
    }

    /// <summary>Where the values of an experiment come from, what is given laid over the rest.</summary>
    /// <param name="given">What is given.</param>
    /// <param name="folder">The experiment's folder.</param>
    /// <param name="request">Whose rules apply.</param>
    /// <param name="place">Has the environment, and the clock that measures the time limit of a look-up.</param>
    public static ValueSources Sources(VariableOverrides given, string folder, RunRequest request, RunPlace place) => new()
    {
        Compatibility = request.Compatibility,
        Environment = place.Variables.With(given.Environment),
        Overrides = given,
        Folder = folder,
        Time = place.Time,
    };

    private static ParsedText ParseYaml(ReadOnlyMemory<byte> text)
    {
        var document = YamlDocumentReader.Read(text.Span);
        return document.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } mistake
            ? new ParsedText(null, mistake.Position is { } at ? $"{mistake.Message} (line {at.Line})" : mistake.Message)
            : new ParsedText(document.Root);
    }
}
