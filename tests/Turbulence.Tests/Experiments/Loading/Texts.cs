using System.Text;
using Turbulence.Experiments;
using Turbulence.Experiments.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Reads texts in one call.</summary>
internal static class Texts
{
    public static ParsedDocument Json(string text) => JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text));

    public static ParsedDocument Yaml(string text) => YamlDocumentReader.Read(Encoding.UTF8.GetBytes(text));

    public static string Written(ParsedDocument document)
    {
        Assert.DoesNotContain(document.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return document.Root?.ToJsonString() ?? "null";
    }

    public static Problem Error(ParsedDocument document)
    {
        Assert.Null(document.Root);
        return Assert.Single(document.Problems, problem => problem.Severity == ProblemSeverity.Error);
    }

    /// <summary>The path of a pointer without escapes; digits are an index.</summary>
    public static DocumentPath Path(string pointer) => pointer.Split('/').Skip(1).Aggregate(
        DocumentPath.Root, (path, step) => int.TryParse(step, out var index) ? path[index] : path[step]);
}
