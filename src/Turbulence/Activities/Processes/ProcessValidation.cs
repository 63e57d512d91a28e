using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Activities.Processes;

/// <summary>
/// What can be said of a <c>process</c> provider before it runs. What holds a placeholder is left for the run. The reference lets a wrong
/// <c>timeout</c> pass, so that it is a warning here; <c>cwd</c> and <c>env</c> are ours.
/// </summary>
internal static class ProcessValidation
{
    private const string MapDeprecated =
        "Process arguments should now be a list to keep the ordering of the arguments. Dictionary arguments are deprecated for process activities.";

    /// <summary>Adds every problem of the provider.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="path">The place of its provider.</param>
    /// <param name="programs">Finds programs.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Check(Activity activity, DocumentPath path, ProgramSearch programs, ProblemList problems)
    {
        var provider = activity.Provider;
        if (ProcessDeclaration.Text(provider["path"]) is not { Length: > 0 } program)
        {
            problems.Error(provider.ContainsKey("path") ? path["path"] : path, ProcessDeclaration.PathMissing);
        }
        else if (!program.Contains('$', StringComparison.Ordinal) && programs.Find(program) is null)
        {
            problems.Error(path["path"], $"path '{program}' cannot be found, in activity '{activity.Name}'");
        }

        if (provider["arguments"] is JsonObject)
        {
            problems.Warning(path["arguments"], MapDeprecated);
        }

        if (provider["timeout"] is { } timeout && !IsPlaceholder(timeout))
        {
            if (!ProcessTimeout.TryRead(timeout, acceptText: true, out var limit))
            {
                problems.Warning(path["timeout"], ProcessTimeout.Problem(timeout));
            }
            else if (limit == TimeSpan.Zero)
            {
                problems.Warning(path["timeout"], $"no program ends within a timeout of {timeout.ToJsonString()}");
            }
        }

        if (provider["cwd"] is { } directory && ProcessDeclaration.Text(directory) is null)
        {
            problems.Error(path["cwd"], "cwd must be the path of a directory");
        }

        if (provider["env"] is { } environment and not JsonObject && !IsPlaceholder(environment))
        {
            problems.Error(path["env"], "env must be a map of names to values");
        }
    }

    private static bool IsPlaceholder(JsonNode node) =>
        ProcessDeclaration.Text(node) is { } text && text.Contains('$', StringComparison.Ordinal);
}
