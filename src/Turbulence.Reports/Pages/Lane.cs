namespace Turbulence.Reports.Pages;

/// <summary>One row of the picture of a run: a name at its left, and what happened when at its right.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Remark">More of that, in small; null for nothing.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Summary">The same in words, for who does not see it.</param>
/// <param name="Draw">Draws it; given the axis.</param>
internal sealed record Lane(string Name, string? Remark, int Height, string Summary, Action<HtmlText, TimeAxis> Draw)
{
    /// <summary>Draws it, over the times in which faults were in.</summary>
    public void Write(HtmlText html, TimeAxis axis, IReadOnlyList<(double From, double To)> shaded)
    {
        var height = HtmlText.Number(Height);
        html.Open("div", ("class", "lane"))
            .Open("div", ("class", "label")).Element("span", Name);
        if (Remark is not null)
        {
            html.Element("small", Remark);
        }

        html.Close("div")
            .Open("svg", ("class", "track"), ("width", "100%"), ("height", height), ("role", "img"), ("aria-label", $"{Name}: {Summary}"))
            .Open("svg", ("class", "zoomed"), ("width", "100%"), ("height", height));
        foreach (var (from, to) in shaded)
        {
            html.Open("rect", ("class", "shade"), ("x", axis.At(from)), ("width", axis.Width(from, to)), ("height", height)).Close("rect");
        }

        Draw(html, axis);
        html.Close("svg").Close("svg").Close("div");
    }

    /// <summary>A block with a text in it, which is cut where the block ends.</summary>
    public static void Block(HtmlText html, TimeAxis axis, string style, double from, double to, int top, int height, string title,
        string? text = null)
    {
        html.Open("svg", ("x", axis.At(from)), ("width", axis.Width(from, to)), ("y", HtmlText.Number(top)),
            ("height", HtmlText.Number(height)), ("class", style))
            .Element("title", title)
            .Open("rect", ("width", "100%"), ("height", "100%"), ("rx", "2")).Close("rect");
        if (text is not null)
        {
            html.Element("text", text, ("x", "4"), ("y", HtmlText.Number((height / 2) + 4)));
        }

        html.Close("svg");
    }

    /// <summary>A sign at a time, such as the tick of a check that was met.</summary>
    public static void Mark(HtmlText html, TimeAxis axis, string sign, string style, double at, int y, string title) => html
        .Open("use", ("href", $"#{sign}"), ("class", style), ("x", axis.At(at)), ("y", HtmlText.Number(y)))
        .Element("title", title)
        .Close("use");
}
