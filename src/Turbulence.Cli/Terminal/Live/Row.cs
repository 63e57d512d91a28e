using Spectre.Console;
using Spectre.Console.Rendering;
using Turbulence.Cli.Lines;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>One line of the live view: a sign, and text in several styles behind it.</summary>
/// <param name="indent">Blank cells before the sign.</param>
/// <param name="sign">One cell wide, or empty.</param>
/// <param name="signStyle">How the sign looks.</param>
internal sealed class Row(int indent, string sign, Style signStyle) : IRenderable
{
    private readonly Paragraph body = new();
    private IReadOnlyList<Segment> ends = [];

    private int Margin => indent + (sign.Length > 0 ? 2 : 0);

    /// <summary>True for a row that is cut at the terminal's edge; false for one that goes on below, under its text.</summary>
    public bool Cut { get; init; }

    /// <summary>Adds text; control codes and line breaks in it are made visible.</summary>
    public Row Text(string text, Style? style = null)
    {
        body.Append(PrintableText.OneLine(text), style ?? Style.Plain);
        return this;
    }

    /// <summary>
    /// Ends a row that is cut with text that is not cut away while half of the row is left for what stands before it, or all that this
    /// needs.
    /// </summary>
    /// <param name="style">How it looks.</param>
    /// <param name="texts">The text, and what is said where that has no room: the first that fits.</param>
    public Row End(Style style, params IEnumerable<string> texts)
    {
        ends = [.. texts.Select(text => new Segment(PrintableText.OneLine(text), style))];
        return this;
    }

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        var text = ((IRenderable)body).Measure(options, maxWidth);
        return new Measurement(
            Math.Min(maxWidth, text.Min + Margin), Math.Min(maxWidth, text.Max + (ends.Count == 0 ? 0 : ends[0].CellCount()) + Margin));
    }

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var room = Math.Max(1, maxWidth - Margin);
        var lines = Segment.SplitLines(((IRenderable)body).Render(options, Cut ? int.MaxValue : room), Cut ? int.MaxValue : room);
        for (var i = 0; i < (Cut ? 1 : lines.Count); i++)
        {
            yield return new Segment(new string(' ', Math.Min(maxWidth - 1, i == 0 ? indent : Margin)));
            if (i == 0 && sign.Length > 0)
            {
                yield return new Segment(sign, signStyle);
                yield return new Segment(" ");
            }

            var left = Math.Max(room / 2, room - Segment.CellCount(lines[i]));
            var last = ends.FirstOrDefault(end => end.CellCount() <= left);
            foreach (var segment in Cut ? Fitting(lines[i], room - (last?.CellCount() ?? 0), options) : lines[i])
            {
                yield return segment;
            }

            if (last is not null)
            {
                yield return last;
            }

            yield return Segment.LineBreak;
        }
    }

    private static IEnumerable<Segment> Fitting(IEnumerable<Segment> line, int room, RenderOptions options)
    {
        foreach (var segment in line)
        {
            var cells = segment.CellCount();
            if (cells <= room)
            {
                room -= cells;
                yield return segment;
                continue;
            }

            var (beginning, _) = segment.Split(Math.Max(0, room - 1));
            yield return beginning;
            yield return new Segment(room == 0 ? "" : options.Unicode ? "…" : ">", segment.Style);
            yield break;
        }
    }
}
