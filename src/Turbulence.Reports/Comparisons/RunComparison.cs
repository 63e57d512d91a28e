using System.Globalization;
using Turbulence.Reports.Cases;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Comparisons;

/// <summary>
/// What two runs have shown otherwise. Times differ between any two runs and say nothing by themselves: they are shown side by side and are
/// no difference. What became of a probe, a fault or the users is one.
/// </summary>
public sealed class RunComparison
{
    private RunComparison(IReadOnlyList<RunDifference> differences, IReadOnlyList<string> conditions, IReadOnlyList<RunDifference> figures)
    {
        Differences = differences;
        Conditions = conditions;
        Figures = figures;
    }

    /// <summary>
    /// What they have shown otherwise: the verdict first, then what became of each part; empty where nothing is otherwise.
    /// </summary>
    public IReadOnlyList<RunDifference> Differences { get; }

    /// <summary>
    /// In what the runs themselves differ, so that a difference may come from there: the experiment, the seed, the machine.
    /// </summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>What users felt in each, side by side: figures, which are never the same.</summary>
    public IReadOnlyList<RunDifference> Figures { get; }

    /// <summary>Compares two runs.</summary>
    /// <param name="before">The run to hold against.</param>
    /// <param name="after">The run that is looked at.</param>
    public static RunComparison Of(ReportedRun before, ReportedRun after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new RunComparison([.. Outcomes(before, after)], [.. Differing(before, after)], [.. Loads(before, after)]);
    }

    private static IEnumerable<RunDifference> Outcomes(ReportedRun before, ReportedRun after)
    {
        var was = RunCases.Of(before);
        var known = was.ToDictionary(static one => (one.Group, one.Name));
        var now = RunCases.Of(after);
        var met = now.Select(static one => (one.Group, one.Name)).ToHashSet();
        foreach (var one in now)
        {
            var former = known.GetValueOrDefault((one.Group, one.Name));
            if (former is null || (former.Outcome, former.Type) != (one.Outcome, one.Type))
            {
                var why = one.Outcome == CaseOutcome.Passed ? null : one.Message;
                yield return new RunDifference(What(one), former is null ? null : Word(former), Word(one), why);
            }
        }

        foreach (var one in was.Where(one => !met.Contains((one.Group, one.Name))))
        {
            yield return new RunDifference(What(one), Word(one), null, null);
        }
    }

    private static string What(ReportedCase one) => one.Group == "verdict" ? "verdict" : $"{one.Group}: {one.Name}";

    private static string Word(ReportedCase one) => one switch
    {
        { Group: "verdict", Type: { Length: > 0 } word } => word,
        { Type.Length: > 0 } => one.Type,
        _ => one.Outcome.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<string> Differing(ReportedRun before, ReportedRun after)
    {
        if (before.Title != after.Title)
        {
            yield return $"they are runs of two experiments: '{before.Title}' and '{after.Title}'";
        }
        else if (!before.Experiment.Span.SequenceEqual(after.Experiment.Span))
        {
            yield return "the experiment is not the same any more";
        }

        foreach (var (what, was, now) in (IEnumerable<(string, string?, string?)>)[
            ("the seed of the random choices", Text(before.Seed), Text(after.Seed)), ("the version", before.Version, after.Version),
            ("the machine", before.Machine.Host, after.Machine.Host), ("its processors", Text(before.Machine.Processors), Text(after.Machine.Processors)),
            ("the rules", before.Compatibility ?? "ours", after.Compatibility ?? "ours"), ("what was left out", before.Dry ?? "nothing", after.Dry ?? "nothing")])
        {
            if (was is not null && now is not null && was != now)
            {
                yield return $"{what}: {was} → {now}";
            }
        }
    }

    private static IEnumerable<RunDifference> Loads(ReportedRun before, ReportedRun after)
    {
        foreach (var load in after.Loads)
        {
            if (before.Loads.FirstOrDefault(former => former.Name == load.Name) is not { } was)
            {
                continue;
            }

            yield return Figure($"{load.Name}: requests", FigureText.Count(was.Intended), FigureText.Count(load.Intended));
            yield return Figure($"{load.Name}: lost", FigureText.Count(was.Lost), FigureText.Count(load.Lost));
            yield return Figure($"{load.Name}: p50", FigureText.Time(was.Latency?.P50), FigureText.Time(load.Latency?.P50));
            yield return Figure($"{load.Name}: p99", FigureText.Time(was.Latency?.P99), FigureText.Time(load.Latency?.P99));
            for (var i = 0; i < Math.Min(was.Faults.Count, load.Faults.Count); i++)
            {
                var (former, cost) = (was.Faults[i], load.Faults[i]);
                var kind = after.Faults.FirstOrDefault(fault => fault.Id == cost.Fault)?.Kind ?? "fault";
                var which = $"{load.Name} at {kind} ({(i + 1).ToString(CultureInfo.InvariantCulture)})";
                yield return Figure($"{which}: lost", FigureText.Count(former.Lost), FigureText.Count(cost.Lost));
                yield return Figure(
                    $"{which}: somebody else answered after",
                    FigureText.Time(former.FailoverMilliseconds),
                    FigureText.Time(cost.FailoverMilliseconds));
                yield return Figure(
                    $"{which}: back after", FigureText.Time(former.RecoveredMilliseconds), FigureText.Time(cost.RecoveredMilliseconds));
            }
        }
    }

    private static RunDifference Figure(string what, string was, string now) => new(what, was, now, null);

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
