using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Faults.Arguments;
using Turbulence.Json;
using Turbulence.Services;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// Holds arguments against the description of their kind: the same rules when an experiment is validated and when its faults are planned.
/// </summary>
/// <param name="kind">The kind.</param>
/// <param name="services">The names of the experiment's services; null where nobody knows them.</param>
internal sealed class ArgumentCheck(FaultKindDescription kind, IReadOnlyCollection<string>? services)
{
    /// <summary>The fault proxies of each service. Default, null: nobody knows them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? Proxies { get; init; }

    /// <summary>
    /// Whether the arguments stand so in the experiment: what holds a placeholder is then left for the run, and a text is no number.
    /// Default: they are as the run has them.
    /// </summary>
    public bool AreWritten { get; init; }

    /// <summary>Whether a value, or one of a list, is known only when the run asks for it.</summary>
    public static bool IsPlaceholder(JsonNode? node) => node is JsonArray list ? list.Any(IsPlaceholder)
        : JsonTexts.TryRead(node, out var text) && text.Contains("${", StringComparison.Ordinal);

    /// <summary>The same of a text alone: a list never becomes anything else.</summary>
    public static bool IsPlaceholderText(JsonNode? node) => node is JsonValue && IsPlaceholder(node);

    /// <summary>Everything that is wrong. How they fit together is asked where nothing is wrong with each by itself.</summary>
    public IEnumerable<ArgumentProblem> Problems(JsonObject arguments)
    {
        ArgumentProblem[] problems = [.. Single(arguments)];
        return problems.Length > 0 ? problems : kind.Together(new GivenArguments(arguments, Proxies, AreWritten));
    }

    private IEnumerable<ArgumentProblem> Single(JsonObject arguments)
    {
        var names = kind.Arguments.Select(argument => argument.Name).ToArray();
        string[] unknown = [.. arguments.Select(entry => entry.Key).Except(names)];
        foreach (var name in unknown)
        {
            yield return new(
                name,
                $"{kind.Name} has no argument '{name}'{NearestWord.Hint(name, names)}; {(names.Length == 0 ? "it takes none" : $"it takes {string.Join(", ", names)}")}");
        }

        foreach (var argument in kind.Arguments)
        {
            if (arguments[argument.Name] is not { } value)
            {
                if (argument.IsRequired)
                {
                    yield return new(null, $"{kind.Name} needs the argument '{argument.Name}': {argument.Summary}");
                }
            }
            else if (!(AreWritten && IsPlaceholderText(value)) && Problem(argument, value) is { } problem)
            {
                yield return new(argument.Name, problem);
            }
        }

        foreach (var group in kind.Groups)
        {
            string[] given = [.. group.Names.Where(name => arguments[name] is { } value && !IsOpen(value))];

            // One that is misspelt was meant, and is told above.
            var mayBeMore = unknown.Length > 0 || group.Names.Any(name => IsOpen(arguments[name]));
            if (group.Problem(kind.Name, given, mayBeMore) is { } problem)
            {
                yield return new(null, problem);
            }
        }
    }

    private bool IsOpen(JsonNode? value) => AreWritten && IsPlaceholder(value);

    private string? Problem(FaultArgument argument, JsonNode value) =>
        ArgumentValue.Problem(argument, value, AreWritten) is { } problem ? $"the argument '{argument.Name}' of {kind.Name} {problem}"
        : argument.Type == ArgumentType.Service
            && services is not null
            && GivenArguments.Texts(value).FirstOrDefault(name => !services.Contains(name) && !IsOpen(name)) is { } name
            ? $"the experiment has no service '{name}'{NearestWord.Hint(name, services)}; {(services.Count == 0 ? "it has none" : $"it has {string.Join(", ", services.Order(StringComparer.Ordinal))}")}"
        : null;
}
