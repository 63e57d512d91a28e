using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Controls;

/// <summary>
/// Which controls apply, in what order. G are the global ones, T those of the experiment, L those of the hypothesis or the
/// activity.
/// <para>
/// Ours: G, then T (inside of the experiment only its automatic ones), then L. A <c>ref</c> of L means the control of that
/// name in T or G. Each name counts once, its innermost declaration. After-hooks come in the reverse order.
/// </para>
/// </summary>
/// <param name="global">G.</param>
/// <param name="experiment">The experiment's document, live.</param>
/// <param name="compatibility">Whose rules apply.</param>
internal sealed class ControlOrder(IReadOnlyList<ControlDeclaration> global, JsonObject experiment, Compatibility compatibility)
{
    /// <summary>Whether an experiment may have controls, wherever they would stand.</summary>
    public static bool StandsIn(Experiment experiment) =>
        Lists(experiment.Frame).Any(static list => list is { Count: > 0 }) || experiment.Unread?.Mentions("controls") == true;

    /// <summary>The controls of <paramref name="level"/>, in the order of the before-hooks.</summary>
    /// <param name="level">The level.</param>
    /// <param name="subject">The hypothesis or the activity; the experiment, or null, at the other levels.</param>
    public IReadOnlyList<ControlDeclaration> Before(ControlLevel level, JsonObject? subject)
    {
        if (level == ControlLevel.Loader)
        {
            return global;
        }

        var top = experiment["controls"] as JsonArray;
        var local = level is ControlLevel.Hypothesis or ControlLevel.Activity ? subject?["controls"] as JsonArray : null;
        if (global.Count == 0 && top is not { Count: > 0 } && local is not { Count: > 0 })
        {
            return [];
        }

        return compatibility == Compatibility.ChaosToolkit
            ? AsReference(level, Read(top), Read(local))
            : Ours(level, Read(top), Read(local));
    }

    /// <summary>The same controls in the order of the after-hooks.</summary>
    public IEnumerable<ControlDeclaration> After(IReadOnlyList<ControlDeclaration> before) =>
        compatibility == Compatibility.ChaosToolkit ? before : before.Reverse();

    /// <summary>Every control of the experiment, wherever it stands, one of each name; a reference is none of its own.</summary>
    public IEnumerable<ControlDeclaration> OfExperiment() =>
        Lists(experiment).SelectMany(Read).Where(control => control.Reference is null).DistinctBy(control => control.Name);

    private static IEnumerable<JsonArray?> Lists(JsonObject experiment)
    {
        var hypothesis = experiment["steady-state-hypothesis"] as JsonObject;
        return new[] { experiment["controls"] as JsonArray, hypothesis?["controls"] as JsonArray }
            .Concat(new[] { hypothesis?["probes"] as JsonArray, experiment["method"] as JsonArray, experiment["rollbacks"] as JsonArray }
                .SelectMany(activities => new ActivityList(activities))
                .Select(activity => activity.Declaration["controls"] as JsonArray));
    }

    /// <summary>
    /// The names that a <c>ref</c> of the hypothesis or of an activity asks for, and that no control of the experiment and no global one
    /// has.
    /// </summary>
    public IEnumerable<string> MissingReferences()
    {
        var known = Read(experiment["controls"] as JsonArray)
            .Concat(global)
            .Where(control => control.Reference is null)
            .Select(control => control.Name)
            .ToHashSet();
        return Lists(experiment)
            .SelectMany(Read)
            .Select(control => control.Reference)
            .OfType<string>()
            .Where(name => !known.Contains(name))
            .Distinct();
    }

    private static List<ControlDeclaration> Read(JsonArray? list) =>
        list is null ? [] : [.. list.OfType<JsonObject>().Select(ControlDeclaration.Of)];

    private List<ControlDeclaration> Ours(ControlLevel level, List<ControlDeclaration> top, List<ControlDeclaration> local)
    {
        var all = new List<ControlDeclaration>();
        foreach (var declared in global
            .Concat(level == ControlLevel.Experiment ? top : top.Where(control => control.Automatic))
            .Concat(local))
        {
            var control = declared.Reference is not { } name
                ? declared
                : top.Concat(global).FirstOrDefault(other => other.Reference is null && other.Name == name);
            if (control is null)
            {
                continue;
            }

            all.RemoveAll(other => other.Name.Length > 0 && other.Name == control.Name);
            all.Add(control);
        }

        return all;
    }

    /// <summary>Section 9.3 of the reference's behaviour, its duplicates included.</summary>
    private List<ControlDeclaration> AsReference(ControlLevel level, List<ControlDeclaration> top, List<ControlDeclaration> local)
    {
        var nearer = global.Concat(local).ToList();
        if (top.Count == 0)
        {
            return nearer;
        }

        var automatic = top.Where(control => control.Automatic).ToList();
        switch (level)
        {
            case ControlLevel.Experiment:
                return [.. global, .. top];
            case ControlLevel.Method or ControlLevel.Rollback:
                return automatic;
            default:
                if (nearer.Count == 0)
                {
                    return automatic;
                }

                var referenced = nearer
                    .Where(control => control.Reference is not null)
                    .Select(control => top.Find(other => other.Name == control.Reference))
                    .OfType<ControlDeclaration>();
                var prepended = nearer
                    .Where(control => control.Reference is null)
                    .SelectMany(control => automatic.Where(other => other.Name != control.Name));
                return [.. prepended, .. nearer, .. referenced];
        }
    }
}
