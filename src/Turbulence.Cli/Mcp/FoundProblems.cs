using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Mcp;

/// <summary>Keeps what is said of an experiment before it runs, for the answer of a tool.</summary>
internal sealed class FoundProblems : IRunListener
{
    private readonly List<string> said = [];

    /// <summary>The problems, with their places.</summary>
    public JsonArray Problems { get; } = [];

    /// <summary>What was said in one line each, from warnings on.</summary>
    public IReadOnlyList<string> Said => said;

    /// <inheritdoc/>
    public void Say(NoticeLevel level, string text)
    {
        if (level >= NoticeLevel.Warning)
        {
            said.Add(PrintableText.OneLine(text));
        }
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyCollection<Problem> problems, string source, SourceText? text)
    {
        foreach (var problem in problems)
        {
            Problems.Add((JsonNode)new JsonObject
            {
                ["severity"] = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
                ["message"] = PrintableText.OneLine(problem.Message),
                ["source"] = source,
                ["line"] = problem.Position?.Line,
                ["column"] = problem.Position?.Column,
                ["pointer"] = problem.Pointer,
            });
        }
    }
}
