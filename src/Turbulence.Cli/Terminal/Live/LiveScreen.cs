using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// Draws frames: rows that stay, and below them rows that the next frame replaces. A frame is one write, so nothing
/// flickers, and the cursor is never hidden, so a killed run leaves the terminal as it should be.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private const int MostRows = 12;

    private readonly StringWriter frame = new(CultureInfo.InvariantCulture);
    private readonly IAnsiConsole canvas;
    private readonly IAnsiConsoleOutput terminal;
    private int[] widths = [];

    /// <summary>Draws on a terminal.</summary>
    /// <param name="terminal">The terminal; its size is read anew for each frame.</param>
    /// <param name="colors">Which colours it shows.</param>
    public LiveScreen(IAnsiConsoleOutput terminal, ColorSystemSupport colors)
    {
        this.terminal = terminal;
        canvas = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colors,
            Interactive = InteractionSupport.No,
            Out = new Canvas(frame, terminal),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    /// <summary>How many rows may be replaced: a terminal cannot take back what it has scrolled away.</summary>
    public int Limit => Math.Clamp(terminal.Height - 2, 1, MostRows);

    /// <summary>Draws one frame.</summary>
    /// <param name="finished">Rows that stay.</param>
    /// <param name="busy">Rows that the next frame replaces.</param>
    public void Draw(IReadOnlyList<IRenderable> finished, IReadOnlyList<Row> busy)
    {
        if (finished.Count == 0 && busy.Count == 0 && widths.Length == 0)
        {
            return;
        }

        frame.GetStringBuilder().Clear();
        Erase();
        foreach (var row in finished)
        {
            canvas.Write(row);
        }

        widths = new int[busy.Count];
        var options = RenderOptions.Create(canvas, canvas.Profile.Capabilities);
        for (var i = 0; i < busy.Count; i++)
        {
            widths[i] = Segment.CellCount(busy[i].Render(options, canvas.Profile.Width));
            canvas.Write(busy[i]);
        }

        terminal.Writer.Write(frame.ToString());
        terminal.Writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => frame.Dispose();

    private void Erase()
    {
        if (widths.Length == 0)
        {
            return;
        }

        // A terminal that became narrower since has broken the rows into more lines than were written.
        var width = Math.Max(1, terminal.Width);
        var up = widths.Sum(cells => Math.Max(1, (cells + width - 1) / width));
        frame.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[{up}A\e[J"));
    }

    private sealed class Canvas(TextWriter writer, IAnsiConsoleOutput terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => Math.Max(LiveTerminal.NarrowestWidth, terminal.Width);

        public int Height => terminal.Height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
