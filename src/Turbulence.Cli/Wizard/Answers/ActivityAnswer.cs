using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Cli.Wizard.Discoveries;

namespace Turbulence.Cli.Wizard.Answers;

/// <summary>
/// Reads an activity that was said on one line: <c>http://host/path</c> or <c>POST http://host/path</c> is a request, a line that begins
/// with the name of a discovered activity is that one (<c>name key=value</c>), and everything else is a command.
/// </summary>
/// <param name="discovery">What was discovered.</param>
internal sealed partial class ActivityAnswer(DiscoveryDocument discovery)
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="type">What a request or a command becomes: <c>probe</c> or <c>action</c>.</param>
    /// <param name="draft">The activity; it has the tolerance that is usual for it.</param>
    /// <param name="problem">Why there is none, in one line.</param>
    public bool TryRead(string line, string type, [NotNullWhen(true)] out ActivityDraft? draft, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        draft = null;
        if (Request().Match(line.Trim()) is { Success: true } request)
        {
            var method = request.Groups["method"] is { Success: true, Value: var word } ? word : null;
            draft = WithTolerance(ActivityDrafts.Http(type, request.Groups["url"].Value, method));
        }
        else if (CommandWords.Of(line) is { Words: [var name, ..] words, IsOpen: false } && Find(name, type) is { } activity)
        {
            problem = Arguments(activity, words.Skip(1), out var arguments);
            draft = problem is null ? WithTolerance(ActivityDrafts.Discovered(activity, arguments)) : null;
        }
        else if (CommandAnswer.TryRead(line.Trim(), out var provider, out problem))
        {
            draft = WithTolerance(ActivityDrafts.Process(type, line, provider));
        }

        return draft is not null;
    }

    private static ActivityDraft WithTolerance(ActivityDraft draft) =>
        draft.Type == "probe" ? draft with { Tolerance = ToleranceAnswer.Usual(draft.ProviderType, draft.ReturnType) } : draft;

    private static string? Arguments(DiscoveredActivity activity, IEnumerable<string> pairs, out JsonObject arguments)
    {
        arguments = [];
        foreach (var pair in pairs)
        {
            var parts = pair.Split('=', 2);
            if (parts is not [var key, var text] || activity.Arguments.FirstOrDefault(argument => argument.Name == key) is not { } argument)
            {
                return activity.Arguments.Count == 0
                    ? $"{activity.Name} takes no arguments, '{pair}' is one"
                    : $"'{pair}' is no argument of {activity.Name}; it takes {string.Join(", ", activity.Arguments.Select(static known => $"{known.Name}="))}";
            }

            if (PortableType.Read(argument.Type, text, out var value) is { } wrong)
            {
                return $"{key}: {wrong}, not '{text}'";
            }

            arguments[key] = value;
        }

        foreach (var argument in activity.Arguments.Where(argument => !argument.IsRequired && argument.Default is not null))
        {
            arguments.TryAdd(argument.Name, argument.Default!.DeepClone());
        }

        var given = arguments;
        return activity.Arguments.FirstOrDefault(argument => argument.IsRequired && !given.ContainsKey(argument.Name)) is { } missing
            ? $"{activity.Name} needs {missing.Name}={missing.Type ?? "value"}"
            : null;
    }

    private DiscoveredActivity? Find(string name, string type) =>
        discovery.Activities.FirstOrDefault(activity => activity.Name == name && (activity.IsProbe || type != "probe"));

    [GeneratedRegex(@"^((?<method>[A-Z]+) )?(?<url>https?://\S*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Request();
}
