using System.Globalization;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>The lanes of a run over one another, with their axis and what their signs mean.</summary>
internal sealed class RunPicture(HtmlText html, ReportedRun run, string key)
{
    private readonly IReadOnlyList<LoadPicture> pictures = [.. run.Loads.Select(load => new LoadPicture(run, load))];

    /// <summary>Writes it.</summary>
    public void Write()
    {
        var axis = TimeAxis.Of(run);
        var shaded = run.Faults.Select(RunLanes.FaultSpan).OfType<(double From, double To)>().ToList();
        var lanes = RunLanes.Of(run, pictures).ToList();
        if (lanes.Count == 0)
        {
            return;
        }

        RunPage.Heading(html, "What happened when", $"{key}picture");
        html.Open("div", ("class", "lanes"), ("tabindex", "0"), ("role", "group"), ("aria-label", "The run in time"),
            ("data-end", axis.End.ToString("R", CultureInfo.InvariantCulture)));
        foreach (var lane in lanes)
        {
            lane.Write(html, axis, shaded);
        }

        Axis(axis);
        html.Close("div");
        Legend(shaded.Count > 0);
    }

    private void Axis(TimeAxis axis)
    {
        html.Open("div", ("class", "lane axis"), ("aria-hidden", "true")).Open("div", ("class", "label")).Close("div")
            .Open("svg", ("class", "track"), ("width", "100%"), ("height", "20"))
            .Open("svg", ("class", "zoomed"), ("width", "100%"), ("height", "20"));
        foreach (var tick in axis.Ticks())
        {
            html.Open("line", ("x1", axis.At(tick)), ("x2", axis.At(tick)), ("y2", "5")).Close("line")
                .Element("text", axis.Name(tick), ("x", axis.At(tick)), ("dx", "3"), ("y", "14"));
        }

        html.Close("svg").Close("svg").Close("div");
    }

    private void Legend(bool hasFaults)
    {
        html.Open("ul", ("class", "legend"), ("aria-label", "Signs and colours"));
        Sign("met", "met", "within its tolerance");
        Sign("missed", "missed", "not within it");
        Sign("broken", "missed", "failed");
        Sign("done", "done", "done");
        if (hasFaults)
        {
            Swatch("in", "seen to be in");
            Swatch("way", "going in, or out");
            Swatch("shade", "a fault is in, from its first to its last step");
        }

        foreach (var style in pictures.SelectMany(static picture => picture.Legend()).DistinctBy(static style => style.Outcome))
        {
            if (style.IsLost)
            {
                html.Open("li").Open("svg", ("width", "26"), ("height", "14"), ("aria-hidden", "true"))
                    .Open("rect", ("class", style.Style), ("width", "12"), ("height", "12"), ("y", "1")).Close("rect")
                    .Open("g", ("class", style.Style)).Open("use", ("href", "#lost"), ("x", "20"), ("y", "7")).Close("use").Close("g")
                        .Close("svg")
                    .Text($"{Wording.Outcome(style.Outcome)} (lost)").Close("li");
            }
            else
            {
                Swatch(style.Style, Wording.Outcome(style.Outcome));
            }
        }

        if (pictures.Any(static picture => picture.HasPercentiles))
        {
            html.Open("li").Constant("<svg width=\"22\" height=\"14\" aria-hidden=\"true\"><g class=\"p50\"><line x1=\"0\" x2=\"22\" y1=\"7\" y2=\"7\"/></g></svg>").Text("p50").Close("li")
                .Open("li").Constant("<svg width=\"22\" height=\"14\" aria-hidden=\"true\"><g class=\"p99\"><line x1=\"0\" x2=\"22\" y1=\"7\" y2=\"7\"/></g></svg>").Text("p99").Close("li");
        }

        html.Close("ul");
    }

    private void Sign(string sign, string style, string text) => html.Open("li")
        .Open("svg", ("width", "16"), ("height", "16"), ("aria-hidden", "true"))
        .Open("use", ("href", $"#{sign}"), ("class", style), ("x", "8"), ("y", "8")).Close("use").Close("svg")
        .Text(text).Close("li");

    private void Swatch(string style, string text) => html.Open("li")
        .Open("svg", ("width", "14"), ("height", "14"), ("aria-hidden", "true"))
        .Open("rect", ("class", style), ("width", "12"), ("height", "12"), ("y", "1")).Close("rect").Close("svg")
        .Text(text).Close("li");
}
