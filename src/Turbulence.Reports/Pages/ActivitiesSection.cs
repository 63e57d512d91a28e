using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>What was done and asked, and how often it was as it should be.</summary>
internal sealed class ActivitiesSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        if (run.Activities.Count == 0)
        {
            return;
        }

        RunPage.Heading(html, "What was done and asked", $"{key}checks");
        var table = new HtmlTable(html, "activity", "stage", "times", "as it should be", "first trouble", "took");
        var groups = run.Activities.GroupBy(static one => (one.Phase, one.Type, one.Name)).ToList();
        foreach (var group in groups.Take(RunPage.MostRows))
        {
            var trouble = group.FirstOrDefault(static one => one.IsTrouble);
            var count = group.Count();
            var good = count - group.Count(static one => one.IsTrouble);
            var durations = group.Select(static one => one.Duration).OfType<double>().Order().ToList();
            table.Row($"{group.Key.Name} ({group.Key.Type})", Wording.Phase(group.Key.Phase), Wording.Count(count),
                (good == count ? "✓ " : "✗ ") + Wording.Count(good),
                trouble is null ? "" : $"at {Wording.At(trouble.Begin)}: {RunLanes.StatusText(trouble)}{Trouble(trouble)}",
                durations.Count == 0 ? "–" : count == 1 ? Wording.Seconds(durations[0])
                    : $"{Wording.Seconds(durations[durations.Count / 2])} ({Wording.Seconds(durations[0])} to {Wording.Seconds(durations[^1])})");
        }

        table.End();
        RunPage.More(html, groups.Count);
    }

    private static string Trouble(ReportedActivity activity) => activity.Error is { } error ? $": {error}"
        : activity is { ToleranceMet: false, Output: { } output } ? $": {output} against {activity.Tolerance}" : "";
}
