using System.Globalization;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>What became of the requests of a load, and what each fault cost its users.</summary>
internal sealed class UsersSection(HtmlText html, ReportedRun run, string key)
{
    /// <summary>Writes that of one load.</summary>
    public void Write(ReportedLoad load)
    {
        RunPage.Heading(html, load.Activity is null ? "What the users felt" : $"What the users felt that '{load.Name}' has sent", $"{key}load-{load.Activity}");
        if (load.Problem is { } problem)
        {
            html.Element("p", problem, ("class", "trouble"));
        }

        if (load.Bottleneck is { } bottleneck)
        {
            html.Element("p", $"These figures prove nothing: {bottleneck}", ("class", "trouble"));
        }

        if (!load.HasFigures)
        {
            html.Element("p", "It came to no end; these are the figures that were told on the way.", ("class", "trouble"));
        }

        var table = new HtmlTable(html, "outcome", "requests", "of all", "p50", "p90", "p99", "longest");
        var styles = OutcomeStyle.Of(load.Outcomes.Select(static one => one.Outcome));
        foreach (var (outcome, requests) in load.Outcomes.Where(static one => one.Requests > 0))
        {
            var latency = load.LatencyByOutcome.FirstOrDefault(one => one.Outcome == outcome).Latency;
            table.Row(
                Wording.Outcome(outcome) + (styles.First(style => style.Outcome == outcome).IsLost ? " (lost)" : ""),
                Wording.Count(requests), Wording.Share(requests, load.Intended),
                FigureText.Time(latency?.P50), FigureText.Time(latency?.P90), FigureText.Time(latency?.P99),
                    FigureText.Time(latency?.Longest));
        }

        table.Row("all; a lost one waited its whole time limit", Wording.Count(load.Intended), "", FigureText.Time(load.Latency?.P50), FigureText.Time(load.Latency?.P90),
            FigureText.Time(load.Latency?.P99), FigureText.Time(load.Latency?.Longest));
        table.End();
        if (load.Reasons.Count > 0)
        {
            html.Element("p", "Lost because of: " + string.Join(", ",
                load.Reasons.Select(static lost => $"{lost.Reason} ({Wording.Count(lost.Requests)})")) + ".");
        }

        foreach (var cost in load.Faults)
        {
            Cost(cost);
        }
    }

    private void Cost(ReportedFaultCost cost)
    {
        var fault = run.Faults.FirstOrDefault(fault => fault.Id == cost.Fault);
        html.Element("h3", $"What {fault?.Kind ?? $"fault {cost.Fault}"} cost them");
        var facts = new (string Name, double? Value)[]
        {
            ("first request lost after", cost.FirstErrorMilliseconds), ("requests lost for", cost.ErrorWindowMilliseconds),
            ("somebody else answered after", cost.FailoverMilliseconds), ("slower than before for", cost.SlowMilliseconds),
            ("as before again after its undo by", cost.RecoveredMilliseconds),
        };
        html.Open("p").Text($"{Wording.Count(cost.Lost)} lost, {Wording.Count(cost.Slow)} slow")
            .Text(string.Concat(facts.Where(static fact => fact.Value is not null)
                .Select(static fact => $"; {fact.Name} {FigureText.Time(fact.Value)}")))
            .Text(cost.SamplingMilliseconds is { } sampling
                ? $". Each time is known to {FigureText.Time(sampling)}, the distance between two requests." : ".")
            .Close("p");
        var table = new HtmlTable(html, "", "requests", "lost", "p50", "p99", "longest");
        foreach (var (name, figures) in new[] { ("before", cost.Before), ("while it was in", cost.During), ("after its undo", cost.After) })
        {
            if (figures is { Requests: > 0 })
            {
                table.Row(name, Wording.Count(figures.Requests),
                    $"{Wording.Count(figures.Lost)} ({Wording.Share(figures.Lost, figures.Requests)})",
                    FigureText.Time(figures.P50Milliseconds), FigureText.Time(figures.P99Milliseconds),
                        FigureText.Time(figures.LongestMilliseconds));
            }
        }

        table.End();
        Compared("While it was in, against before", cost.DuringAgainstBefore);
        Compared("After its undo, against before", cost.AfterAgainstBefore);
    }

    private void Compared(string name, IReadOnlyList<PhaseComparison> comparisons)
    {
        var known = comparisons.Where(static one => one.Difference is not null).ToList();
        if (known.Count == 0)
        {
            if (comparisons is [{ TooLittle: { } why }, ..])
            {
                html.Element("p", $"{name}: too little data ({why}).", ("class", "remark"));
            }

            return;
        }

        var table = new HtmlTable(html, name, "difference", "with 95 % of confidence between");
        foreach (var one in known)
        {
            table.Row(Wording.Outcome(one.Figure), Difference(one, one.Difference!.Value),
                one is { Low: { } low, High: { } high } ? $"{Difference(one, low)} and {Difference(one, high)}" : "–");
        }

        table.End();
    }

    private static string Difference(PhaseComparison one, double value)
    {
        var sign = value < 0 ? "−" : "+";
        return one.Figure == "error_rate"
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(100 * value):0.##} %")
            : sign + FigureText.Time(Math.Abs(value));
    }
}
