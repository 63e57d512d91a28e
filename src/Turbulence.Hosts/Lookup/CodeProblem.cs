using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;

namespace Turbulence.Hosts.Lookup;

/// <summary>Something that is wrong with the code that a declaration names.</summary>
/// <param name="Severity">Whether it stops a run.</param>
/// <param name="Steps">Where, from the declaration: texts and whole numbers.</param>
/// <param name="Message">One line.</param>
internal sealed record CodeProblem(ProblemSeverity Severity, IReadOnlyList<JsonNode?> Steps, string Message)
{
    /// <summary>Reads a worker's problem; null where it cannot be read.</summary>
    public static CodeProblem? Read(JsonNode? node) =>
        node is JsonObject map && JsonMaps.IsReadable(map) && JsonTexts.TryRead(map["message"], out var message)
            ? new CodeProblem(
                JsonTexts.TryRead(map["severity"], out var word) && word == "warning" ? ProblemSeverity.Warning : ProblemSeverity.Error,
                [.. map["path"] as JsonArray ?? []],
                message)
            : null;

    /// <summary>The same, with the subject's name in its text.</summary>
    /// <param name="subject"><c>activity 'x'</c>; empty for none.</param>
    public CodeProblem Of(string subject) =>
        subject.Length == 0 || Message.Contains(subject[subject.IndexOf('\'', StringComparison.Ordinal)..], StringComparison.Ordinal)
            ? this
            : this with { Message = $"{Message} ({subject})" };

    /// <summary>Adds the problem to those of a document.</summary>
    /// <param name="declaration">The place of the declaration.</param>
    /// <param name="problems">Receives it.</param>
    public void Tell(DocumentPath declaration, ProblemList problems)
    {
        var path = Steps.Aggregate(declaration, Step);
        if (Severity == ProblemSeverity.Error)
        {
            problems.Error(path, Message);
        }
        else
        {
            problems.Warning(path, Message);
        }
    }

    private static DocumentPath Step(DocumentPath path, JsonNode? step) => step?.GetValueKind() switch
    {
        JsonValueKind.Number when step.AsValue().TryGetValue<int>(out var index) => path[index],
        JsonValueKind.String when JsonTexts.TryRead(step, out var name) => path[name],
        _ => path,
    };
}
