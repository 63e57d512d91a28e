using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Journals;

namespace Turbulence.Cli.Problems;

/// <summary>
/// <c>json</c>: <c>{"valid", "errors", "warnings", "sources": [{"source", "valid"}], "problems": [{"source", "file", "line", "column",
/// "pointer", "severity", "message"}]}</c>. <c>file</c> is null for what was downloaded and for what is wrong with the command line.
/// </summary>
internal sealed class JsonProblems : IProblemFormat
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public string Write(IReadOnlyList<CheckedSource> sources) => JsonText.Indented(new JsonObject
    {
        ["valid"] = sources.All(static source => source.IsValid),
        ["errors"] = Count(sources, ProblemSeverity.Error),
        ["warnings"] = Count(sources, ProblemSeverity.Warning),
        ["sources"] = new JsonArray([.. sources.Select(static source => new JsonObject
        {
            ["source"] = source.Name,
            ["valid"] = source.IsValid,
        })]),
        ["problems"] = new JsonArray(
            [.. sources.SelectMany(static source => source.Problems.Select(one => Json(source, one.Problem, one.IsOwn)))]),
    }) + "\n";

    private static int Count(IReadOnlyList<CheckedSource> sources, ProblemSeverity severity) =>
        sources.Sum(source => source.Problems.Count(one => one.Problem.Severity == severity));

    private static JsonObject Json(CheckedSource source, Problem problem, bool isOwn) => new()
    {
        ["source"] = source.Name,
        ["file"] = isOwn && !source.IsUrl ? source.Name : null,
        ["line"] = problem.Position?.Line,
        ["column"] = problem.Position?.Column,
        ["pointer"] = isOwn ? problem.Pointer : null,
        ["severity"] = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
        ["message"] = problem.Message.Trim(),
    };
}
