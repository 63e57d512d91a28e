using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// Draws frames: rows that stay, and below them rows that the next frame replaces. A frame is one write, which puts each row into the place
/// of one that stood there and never leaves the screen empty, so nothing flickers; and the cursor is never hidden, so a killed run leaves
/// the terminal as it should be.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private const int MostRows = 12;

    private readonly StringWriter frame = new(CultureInfo.InvariantCulture);
    private readonly IAnsiConsole canvas;
    private readonly IAnsiConsoleOutput terminal;
    private readonly bool reflows;
    private int[] widths = [];

    /// <summary>Draws on a terminal.</summary>
    /// <param name="terminal">The terminal; its size is read anew for each frame.</param>
    /// <param name="colors">Which colours it shows.</param>
    /// <param name="reflows">Whether it breaks lines anew that are longer than it has become wide, as most do; the others cut them.</param>
    public LiveScreen(IAnsiConsoleOutput terminal, ColorSystemSupport colors, bool reflows = true)
    {
        this.terminal = terminal;
        this.reflows = reflows;
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
        var top = ToTheTop();
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

        terminal.Writer.Write(top.Length == 0 ? frame.ToString() : $"{top}{Over(frame.ToString())}\e[J");
        terminal.Writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => frame.Dispose();

    // Each line is emptied as a whole before it is written. Where only what is left behind its new end is erased, tmux counts that as long
    // as the longest row that ever stood there, and breaks it into more lines than anybody expects when it becomes narrower.
    private static string Over(string rows) =>
        $"\e[2K{rows.Replace(Environment.NewLine, $"{Environment.NewLine}\e[2K", StringComparison.Ordinal)}";

    private string ToTheTop()
    {
        var width = Math.Max(1, terminal.Width);
        var up = reflows ? widths.Sum(cells => Math.Max(1, (cells + width - 1) / width)) : widths.Length;
        return up == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\r\e[{up}A");
    }

    private sealed class Canvas(TextWriter writer, IAnsiConsoleOutput terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        // The last column stays free: a terminal breaks the line there, or not, as it likes, and erases its last cell with what is behind.
        public int Width => Math.Max(LiveTerminal.NarrowestWidth, terminal.Width) - 1;

        public int Height => terminal.Height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
