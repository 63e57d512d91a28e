using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>Where the problems of one tolerance go, and what is known of its probe.</summary>
/// <param name="Path">The place of the value of <c>tolerance</c> in the document.</param>
/// <param name="Problems">Receives the problems.</param>
public sealed record ToleranceValidation(DocumentPath Path, ProblemList Problems)
{
    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary><c>provider.type</c> of the probe. Default: the empty text.</summary>
    public string ProviderType { get; init; } = "";

    /// <summary>Validates a tolerance that is a probe by the rules of every activity. Default: it is not looked at.</summary>
    public Action<Activity, DocumentPath> ValidateProbe { get; init; } = static (_, _) => { };

    /// <summary>Whether the probe's output is a map with a <c>status</c>.</summary>
    internal bool HasStatus => ProviderType is ProbeOutput.Http or ProbeOutput.Process;

    /// <summary>
    /// Adds a problem where <c>target</c> names no part of a response or of a process's result. As with unknown keys, one that is nearly a
    /// part is an error; what else it is is found out when there is an output, as in the reference.
    /// </summary>
    internal void CheckTarget(JsonObject declaration)
    {
        IReadOnlyList<string> parts = new ProbeOutput(null, ProviderType, SecretMask.None).Parts;
        if (Compatibility != Compatibility.None || parts.Count == 0
            || !JsonTexts.TryRead(declaration["target"], out var target) || target.Length == 0 || parts.Contains(target))
        {
            return;
        }

        var problem =
            $"the output of a probe of the type {ProviderType} has no '{target}'{NearestWord.Hint(target, parts)}; it has {string.Join(", ", parts)}";
        if (NearestWord.Find(target, parts) is null)
        {
            Warning(Path["target"], problem);
        }
        else
        {
            Error(Path["target"], problem);
        }
    }

    /// <summary>Adds a problem that stops a run.</summary>
    internal void Error(DocumentPath path, string message) => Problems.Error(path, message);

    /// <summary>Adds a problem that somebody should look at.</summary>
    internal void Warning(DocumentPath path, string message) => Problems.Warning(path, message);

    /// <summary>Adds advice that only the default mode gives.</summary>
    internal void Advise(DocumentPath path, string message)
    {
        if (Compatibility == Compatibility.None)
        {
            Problems.Warning(path, message);
        }
    }
}
