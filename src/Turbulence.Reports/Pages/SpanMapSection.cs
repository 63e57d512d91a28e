using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>What the processes that were watched from the inside did: each operation right of the one that called it.</summary>
internal sealed class SpanMapSection(HtmlText html, ReportedRun run, string key)
{
    private const int MostMaps = 8;
    private const int MostNodes = 60;
    private const int Wide = 300;
    private const int High = 58;
    private const int Gap = 40;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        if (run.SpanMaps.Count == 0)
        {
            return;
        }

        RunPage.Heading(html, "Who called whom", $"{key}spans");
        foreach (var map in run.SpanMaps.Take(MostMaps))
        {
            html.Element("h3", map.Process).Element("p", About(map), ("class", "remark"));
            if (map.Operations.Count == 0)
            {
                html.Element("p", "It did nothing that has a span.");
                continue;
            }

            Picture(map);
            var table = new HtmlTable(html, "operation", "called by", "times", "failed", "p50", "p99");
            foreach (var one in map.Operations.Take(RunPage.MostRows))
            {
                table.Row(Name(one), one.Caller ?? "–", Wording.Count(one.Count), Wording.Count(one.Errors),
                    FigureText.Time(one.P50Milliseconds), FigureText.Time(one.P99Milliseconds));
            }

            table.End();
        }
    }

    private static string About(ReportedSpanMap map) =>
        $"Watched by '{map.Activity}'{(map.Begin is { } begin ? $" from {Wording.Seconds(begin)} on" : "")}{(map.Seconds is { } seconds ? $" for {Wording.Seconds(seconds)}" : "")}.";

    private static string Name(ReportedOperation one) =>
        one.Tags.Count > 0 ? $"{one.Name} ({string.Join(' ', one.Tags)})" : one.Name;

    // A column for each step away from those that nobody called; what calls itself in a circle stands where it was met first.
    private void Picture(ReportedSpanMap map)
    {
        var shown = map.Operations.Take(MostNodes).ToList();
        var keys = shown.Select(static one => one.Key).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<ReportedOperation, (int Column, int Row)>(ReferenceEqualityComparer.Instance);
        var row = 0;
        foreach (var root in shown.Where(one => one.Caller is null || !keys.Contains(one.Caller)))
        {
            Place(root, 0);
        }

        foreach (var rest in shown)
        {
            Place(rest, 0);
        }

        var columns = places.Values.Max(static place => place.Column) + 1;
        var (width, height) = (columns * (Wide + Gap), row * High);
        html.Open("div", ("class", "table"), ("tabindex", "0"), ("role", "group"), ("aria-label", "The map of operations"))
            .Open("svg", ("class", "spans"), ("width", HtmlText.Number(width)), ("height", HtmlText.Number(height)), ("role", "img"),
                ("aria-label", $"{Wording.Count(shown.Count, "operation", "operations")}; the table below says the same"));
        foreach (var (one, place) in places)
        {
            Node(one, place);
            if (shown.Find(other => other.Key == one.Caller) is { } caller && places[caller] is var from && from.Column < place.Column)
            {
                var (x1, y1) = ((from.Column * (Wide + Gap)) + Wide, (from.Row * High) + (High / 2));
                var (x2, y2) = (place.Column * (Wide + Gap), (place.Row * High) + (High / 2));
                html.Open("path", ("class", one.Errors > 0 ? "edge missed" : "edge"),
                    ("d", $"M{x1} {y1} C{x1 + 20} {y1} {x2 - 20} {y2} {x2} {y2}")).Close("path");
            }
        }

        html.Close("svg").Close("div");

        void Place(ReportedOperation one, int column)
        {
            if (!places.TryAdd(one, (column, row)))
            {
                return;
            }

            var called = shown.Where(other => other.Caller == one.Key && !places.ContainsKey(other)).ToList();
            foreach (var other in called)
            {
                Place(other, column + 1);
            }

            row += called.Count == 0 ? 1 : 0;
        }
    }

    private void Node(ReportedOperation one, (int Column, int Row) place)
    {
        var last = one.Name[(one.Name.LastIndexOf('.') + 1)..];
        var name = one.Tags.Count > 0 ? string.Join(' ', one.Tags) : last.Length > 0 ? last : one.Name;
        html.Open("svg", ("x", HtmlText.Number(place.Column * (Wide + Gap))), ("y", HtmlText.Number((place.Row * High) + 4)),
                ("width", HtmlText.Number(Wide)), ("height", HtmlText.Number(High - 8)))
            .Element("title", Name(one))
            .Open("rect", ("class", one.Errors > 0 ? "node missed" : "node"), ("x", "1"), ("y", "1"), ("width", HtmlText.Number(Wide - 2)),
                ("height", HtmlText.Number(High - 10)), ("rx", "6")).Close("rect")
            .Element("text", name, ("class", "name"), ("x", "10"), ("y", "20"))
            .Element("text", $"{last}: {Wording.Count(one.Count)}×, p99 {FigureText.Time(one.P99Milliseconds)}"
                + (one.Errors > 0 ? $", ✗ {Wording.Count(one.Errors)} failed" : ""), ("x", "10"), ("y", "38"))
            .Close("svg");
    }
}
