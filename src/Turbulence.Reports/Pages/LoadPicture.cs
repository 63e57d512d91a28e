using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>
/// What became of the requests of a load: who answered how many of them in each part of its time, and how long they took. By the file with
/// a line for each request, where it is beside the journal; else by what stands in the journal.
/// </summary>
internal sealed class LoadPicture
{
    private const int StripHeight = 54;
    private const int LatencyHeight = 150;

    private readonly ReportedLoad load;
    private readonly RequestSamples? samples;
    private readonly IReadOnlyList<OutcomeStyle> styles;
    private readonly LoadParts? parts;
    private readonly double least;
    private readonly double most;

    /// <param name="run">The run.</param>
    /// <param name="load">One of its loads.</param>
    public LoadPicture(ReportedRun run, ReportedLoad load)
    {
        this.load = load;
        samples = load.Begin is null ? null : RequestSamples.Read(run.File, load);
        styles = OutcomeStyle.Of(load.Outcomes.Select(static one => one.Outcome));
        parts = load.ByDue ?? load.ByEnd;

        // Whole powers of ten around what there is, two at least.
        var (quickest, slowest) = Range();
        least = Math.Max(RequestSamples.Least, Math.Pow(10, Math.Floor(Math.Log10(quickest))));
        most = Math.Min(RequestSamples.Most, Math.Max(100 * least, Math.Pow(10, Math.Ceiling(Math.Log10(slowest)))));
    }

    /// <summary>Whether there is a line for each request, and so the percentiles of each part of the time.</summary>
    public bool HasPercentiles => samples is not null;

    /// <summary>The outcomes that occurred, as they are drawn.</summary>
    public IEnumerable<OutcomeStyle> Legend() => samples is null
        ? load.Begin is null || parts is null ? [] : [new OutcomeStyle("answered", "o0", false),
            new OutcomeStyle("not answered as it should be", "x0", true)]
        : styles.Where((_, number) => load.Outcomes[number].Requests > 0);

    /// <summary>Its lanes: what became of requests, and how long they took.</summary>
    public IEnumerable<Lane> Lanes()
    {
        if (load.Begin is not { } begin || (samples is null && parts is null))
        {
            yield break;
        }

        var lost = $"{Wording.Count(load.Lost)} of {Wording.Count(load.Intended, "request", "requests")} lost";
        yield return new Lane(load.Activity is null ? "users" : $"{load.Name}: answers", lost, StripHeight, $"{lost}, {OutcomeText()}",
            (html, axis) => Strip(html, axis, begin));
        var latency = load.Latency is { } times ? $"p50 {FigureText.Time(times.P50)}, p99 {FigureText.Time(times.P99)}" : null;
        latency += samples is null ? $"{(latency is null ? "" : "; ")}a dot for the slowest of each {FigureText.Time(Wide(parts!) * parts!.PartMilliseconds)}" : "";
        yield return new Lane("how long they waited", latency, LatencyHeight, latency ?? "see the table",
            (html, axis) => Latency(html, axis, begin));
    }

    // As many parts as a screen has room for.
    private static int Wide(LoadParts parts) => Math.Max(1, parts.Requests.Count / 600);

    private string OutcomeText() => string.Join(", ", load.Outcomes
        .Where(static one => one.Requests > 0)
        .Select(static one => $"{Wording.Outcome(one.Outcome)} {Wording.Count(one.Requests)}"));

    private void Strip(HtmlText html, TimeAxis axis, double begin)
    {
        if (samples is null)
        {
            PartStrip(html, axis, begin, parts!);
            return;
        }

        var width = load.Elapsed!.Value / RequestSamples.Columns;
        var columns = Enumerable.Range(0, RequestSamples.Columns).ToArray();
        var most = Math.Max(1, columns.Max(column => styles.Select((_, outcome) => samples.Count(outcome, column)).Sum()));
        foreach (var column in columns)
        {
            var bottom = (double)StripHeight;

            // What is lost stands at the bottom, where it is seen best.
            foreach (var outcome in Enumerable.Range(0, styles.Count).OrderByDescending(outcome => styles[outcome].IsLost))
            {
                if (samples.Count(outcome, column) is > 0 and var count)
                {
                    bottom = Bar(html, axis, styles[outcome].Style, begin + (column * width), width, bottom, (double)count / most,
                        $"{Wording.Seconds(begin + (column * width))}: {Wording.Outcome(styles[outcome].Outcome)} {count}");
                }
            }
        }
    }

    private static void PartStrip(HtmlText html, TimeAxis axis, double begin, LoadParts parts)
    {
        var width = parts.PartMilliseconds / 1000;
        var most = Math.Max(1, parts.Requests.DefaultIfEmpty(0).Max());
        var wide = Wide(parts);
        for (var first = 0; first < parts.Requests.Count; first += wide)
        {
            var all = parts.Requests.Skip(first).Take(wide).Sum();
            var lost = parts.Lost.Skip(first).Take(wide).Sum();
            var at = begin + parts.Begin + (first * width);
            var bottom = (double)StripHeight;
            if (lost > 0)
            {
                bottom = Bar(html, axis, "x0", at, width * wide, bottom, (double)lost / (most * wide),
                    $"{Wording.Seconds(at)}: lost {lost} of {all}");
            }

            if (all > lost)
            {
                Bar(html, axis, "o0", at, width * wide, bottom, (double)(all - lost) / (most * wide),
                    $"{Wording.Seconds(at)}: answered {all - lost}");
            }
        }
    }

    private static double Bar(HtmlText html, TimeAxis axis, string style, double at, double width, double bottom, double part, string title)
    {
        var height = part * (StripHeight - 4);
        html.Open("rect", ("class", style), ("x", axis.At(at)), ("width", axis.Width(0, width)),
                ("y", HtmlText.Number(bottom - height)), ("height", HtmlText.Number(height)))
            .Element("title", title)
            .Close("rect");
        return bottom - height;
    }

    private void Latency(HtmlText html, TimeAxis axis, double begin)
    {
        for (var tick = least; tick <= most * 1.01; tick *= 10)
        {
            var y = HtmlText.Number(Y(tick));
            html.Open("line", ("class", "grid"), ("x2", "100%"), ("y1", y), ("y2", y)).Close("line")
                .Element("text", FigureText.Time(tick), ("class", "scale"), ("x", "2"),
                    ("y", HtmlText.Number(Y(tick) + (tick < most ? -2 : 10))));
        }

        if (samples is null)
        {
            Slowest(html, axis, begin, parts!);
            return;
        }

        foreach (var group in samples.Dots().GroupBy(static dot => dot.Outcome).OrderBy(group => styles[group.Key].IsLost))
        {
            var (_, style, isLost) = styles[group.Key];
            html.Open("g", ("class", style));
            foreach (var (time, height, _) in group.OrderBy(static dot => dot.Time).ThenBy(static dot => dot.Height))
            {
                var x = axis.At(begin + (time * load.Elapsed!.Value));
                var y = HtmlText.Number(Y(RequestSamples.Milliseconds(height)));
                _ = isLost
                    ? html.Open("use", ("href", "#lost"), ("x", x), ("y", y)).Close("use")
                    : html.Open("circle", ("cx", x), ("cy", y), ("r", "1.3")).Close("circle");
            }

            html.Close("g");
        }

        Line(html, axis, begin, "p50", 0.5);
        Line(html, axis, begin, "p99", 0.99);
    }

    private void Slowest(HtmlText html, TimeAxis axis, double begin, LoadParts parts)
    {
        var width = parts.PartMilliseconds / 1000;
        var wide = Wide(parts);
        html.Open("g", ("class", "slowest"));
        for (var first = 0; first < parts.Requests.Count; first += wide)
        {
            var slowest = parts.LongestMilliseconds.Skip(first).Take(wide).Max();
            if (slowest > 0)
            {
                html.Open("circle", ("cx", axis.At(begin + parts.Begin + ((first + (0.5 * wide)) * width))),
                    ("cy", HtmlText.Number(Y(slowest))), ("r", "2"))
                    .Element("title", $"the slowest took {FigureText.Time(slowest)}")
                    .Close("circle");
            }
        }

        html.Close("g");
    }

    // One stroke from each column to the next: a path knows no parts of the width.
    private void Line(HtmlText html, TimeAxis axis, double begin, string style, double part)
    {
        const int Wide = 2;
        var width = load.Elapsed!.Value / RequestSamples.Columns;
        (double At, double Y)? last = null;
        html.Open("g", ("class", style));
        for (var column = 0; column < RequestSamples.Columns; column += Wide)
        {
            if (samples!.Percentile(column, part) is { } value)
            {
                var here = (At: begin + ((column + (0.5 * Wide)) * width), Y: Y(value));
                if (last is { } from)
                {
                    html.Open("line", ("x1", axis.At(from.At)), ("x2", axis.At(here.At)), ("y1", HtmlText.Number(from.Y)),
                        ("y2", HtmlText.Number(here.Y)))
                        .Close("line");
                }

                last = here;
            }
        }

        html.Close("g");
    }

    private double Y(double milliseconds)
    {
        var part = Math.Clamp(Math.Log10(Math.Max(milliseconds, least) / least) / Math.Log10(most / least), 0, 1);
        return LatencyHeight - 4 - (part * (LatencyHeight - 8));
    }

    private (double Quickest, double Slowest) Range()
    {
        List<double> times = samples is not null
            ? [.. samples.Dots().Select(static dot => RequestSamples.Milliseconds(dot.Height))]
            : [.. parts?.LongestMilliseconds.Where(static longest => longest > 0) ?? []];
        return times.Count > 0 ? (times.Min(), times.Max()) : (1, 100);
    }
}
