using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Json;

namespace Turbulence.Faults;

/// <summary>What can be said of a <c>fault</c> provider before it runs. What holds a placeholder is left for the run.</summary>
internal static class FaultValidation
{
    /// <summary>Adds every problem of the provider.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="path">The place of its provider.</param>
    /// <param name="kinds">The kinds there are.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Check(Activity activity, DocumentPath path, FaultKinds kinds, ProblemList problems)
    {
        var provider = activity.Provider;
        Check(provider, "duration", FaultDeclaration.TryDuration(provider["duration"], out _), FaultDeclaration.DurationProblem, path, problems);
        Check(provider, "max_targets", FaultDeclaration.TryMaxTargets(provider["max_targets"], out _), FaultDeclaration.MaxTargetsProblem, path, problems);
        Check(provider, "irreversible", FaultDeclaration.TryFlag(provider["irreversible"], out _), FaultDeclaration.IrreversibleProblem, path, problems);
        if (activity.Type != ActivityType.Action)
        {
            problems.Error(path["type"], "a fault changes the system, so its activity must be an action, not a probe");
        }

        if (!JsonTexts.TryRead(provider["kind"], out var name) || name.Length == 0)
        {
            problems.Error(provider.ContainsKey("kind") ? path["kind"] : path, $"a fault must have a kind; known are {Names(kinds)}");
        }
        else if (kinds.TryGet(name, out var kind))
        {
            CheckArguments(kind.Description, provider["arguments"], path, problems);
            if (!kind.Description.Platforms.Contains(FaultPlatform.Name))
            {
                problems.Error(path["kind"], $"{name} works on {string.Join(", ", kind.Description.Platforms)}, and this is {FaultPlatform.Name}");
            }
        }
        else if (!IsPlaceholder(provider["kind"]))
        {
            problems.Error(path["kind"], $"there is no kind of fault '{name}'{NearestWord.Hint(name, kinds.All.Select(known => known.Description.Name))}; known are {Names(kinds)}");
        }
    }

    private static void CheckArguments(FaultKindDescription kind, JsonNode? node, DocumentPath path, ProblemList problems)
    {
        if (node is not null and not JsonObject)
        {
            if (!IsPlaceholder(node))
            {
                problems.Error(path["arguments"], "arguments must be a map");
            }

            return;
        }

        var arguments = node as JsonObject ?? [];
        var names = kind.Arguments.Select(argument => argument.Name).ToArray();
        foreach (var (name, _) in arguments.Where(entry => !names.Contains(entry.Key)))
        {
            problems.Error(
                path["arguments"][name],
                $"{kind.Name} has no argument '{name}'{NearestWord.Hint(name, names)}; {(names.Length == 0 ? "it takes none" : $"it takes {string.Join(", ", names)}")}");
        }

        foreach (var argument in kind.Arguments)
        {
            if (!arguments.TryGetPropertyValue(argument.Name, out var value))
            {
                if (argument.IsRequired)
                {
                    problems.Error(path["arguments"], $"{kind.Name} needs the argument '{argument.Name}': {argument.Summary}");
                }
            }
            else if (!IsPlaceholder(value) && !Fits(argument.Type, value))
            {
                problems.Error(path["arguments"][argument.Name], $"'{argument.Name}' must be {Words(argument.Type)}: {argument.Summary}");
            }
        }
    }

    private static void Check(
        JsonObject provider, string key, bool isGood, Func<JsonNode?, string> problem, DocumentPath path, ProblemList problems)
    {
        if (!isGood && !IsPlaceholder(provider[key]))
        {
            problems.Error(path[key], problem(provider[key]));
        }
    }

    private static bool Fits(string type, JsonNode? value) => type switch
    {
        "text" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => JsonNumbers.IsInteger(value),
        "number" => JsonNumbers.TryReadDouble(value, out _),
        "share" => JsonNumbers.TryReadDouble(value, out var share) && share is >= 0 and <= 1,
        "size" => JsonNumbers.IsInteger(value) || (JsonTexts.TryRead(value, out var text) && text is [>= '0' and <= '9', ..]),
        _ => true,
    };

    private static string Words(string type) => type switch
    {
        "boolean" => "true or false",
        "integer" => "a whole number",
        "share" => "a number from 0 to 1",
        "size" => "a number of bytes, or a text such as 64MiB",
        _ => $"a {type}",
    };

    private static bool IsPlaceholder(JsonNode? node) => JsonTexts.TryRead(node, out var text) && text.Contains("${", StringComparison.Ordinal);

    private static string Names(FaultKinds kinds) => string.Join(", ", kinds.All.Select(kind => kind.Description.Name));
}
