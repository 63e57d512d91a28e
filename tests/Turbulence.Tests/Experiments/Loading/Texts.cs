using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Reads texts in one call.</summary>
internal static class Texts
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ParsedDocument.MaximumDepth,
    };

    public static ParsedDocument Json(string text) => JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text));

    public static ParsedDocument Yaml(string text) => YamlDocumentReader.Read(Encoding.UTF8.GetBytes(text));

    public static string Written(ParsedDocument document)
    {
        Assert.DoesNotContain(document.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return document.Root?.ToJsonString(Plain) ?? "null";
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
