using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Platform.Processes;
using Turbulence.Reports.Weaknesses;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos run --weaknesses FILE</c>: what is known does not fail a pipeline, and what is new, or gone, does. The verdict stays what it
/// is: the system has a weakness, known or not.
/// </summary>
internal sealed class WeaknessList
{
    private const int Deviated = 1;

    private readonly string? path;
    private readonly KnownWeaknesses? known;

    private WeaknessList(string? path, KnownWeaknesses? known, string? problem)
    {
        this.path = path;
        this.known = known;
        Problem = problem;
    }

    /// <summary>Why it cannot be used, in one line; null where it can, or there is none.</summary>
    public string? Problem { get; }

    /// <summary>Reads the list.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="compatibility">Whose exit codes apply.</param>
    public static WeaknessList Read(string? path, Compatibility compatibility)
    {
        if (path is null)
        {
            return new WeaknessList(null, null, null);
        }

        if (compatibility != Compatibility.None)
        {
            return new WeaknessList(path, null, "--weaknesses changes what the exit code means, and --compat keeps the reference's");
        }

        var (known, problem) = KnownWeaknesses.Read(HomeDirectory.Expand(path));
        return new WeaknessList(path, known, problem is null ? null : $"The weaknesses that are known cannot be read: {problem}");
    }

    /// <summary>What the run ends with, and says why where that is not its own exit code.</summary>
    public int ExitCode(int own, RunJournal journal, Outputs outputs)
    {
        if (known is null || own is not (CommandLine.ExitCode.Done or Deviated))
        {
            return own;
        }

        var reading = journal.Read(out var isNamed);
        if (!reading.IsRead || !isNamed)
        {
            var problem = reading.Problem ?? "it does not say of which run it is";
            Say(outputs, NoticeLevel.Error, $"The run cannot be held against {path}: the journal {journal.Path} cannot be read: {problem}");
            return CommandLine.ExitCode.Failed;
        }

        if (WeaknessCheck.Of(reading.Run, known) is not { } check)
        {
            return own;
        }

        foreach (var (key, text) in check.New)
        {
            Say(outputs, NoticeLevel.Warning, $"A weakness that {path} does not name: {text}. To expect it, add {key.ToJson()}");
        }

        foreach (var gone in check.Gone)
        {
            Say(outputs, NoticeLevel.Warning, $"A weakness that {path} names did not occur: {gone.Text}. Take it off the list");
        }

        if (check is { IsAsKnown: false, New: [], Gone: [] })
        {
            Say(outputs, NoticeLevel.Warning, $"The journal does not say by what the run deviated, so that it is nothing that {path} names");
        }

        if (check is { IsAsKnown: true, Found: > 0 })
        {
            Say(outputs, NoticeLevel.Warning, $"The run deviated as {path} says, and in nothing else ({check.Found} known): exit code 0");
        }

        return check.IsAsKnown ? CommandLine.ExitCode.Done : Deviated;
    }

    private static void Say(Outputs outputs, NoticeLevel level, string text) => outputs.Say(level, PrintableText.OneLine(text));
}
