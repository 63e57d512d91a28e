using System.Text;
using Spectre.Console;

namespace Turbulence.Cli.Terminal;

/// <summary>The terminal at which somebody is asked: keys from standard input, everything else on standard error.</summary>
internal static class QuestionTerminal
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    /// <summary>True when there is a terminal on both sides.</summary>
    public static bool IsAvailable() => !Console.IsInputRedirected && LiveTerminal.IsAvailable(Console.IsErrorRedirected);

    /// <summary>Opens it. Colours are left out where <c>NO_COLOR</c> is set.</summary>
    /// <param name="writer">Standard error.</param>
    public static IAnsiConsole Open(TextWriter writer) => new QuestionConsole(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? ColorSystemSupport.Detect
            : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
        Out = new Screen(writer),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    }));

    // Spectre.Console looks for the size of standard output, which may be a file.
    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0
            ? UsualWidth
            : Math.Max(LiveTerminal.NarrowestWidth, Console.WindowWidth);

        public int Height => Console.IsOutputRedirected || Console.WindowHeight <= 0 ? UsualHeight : Console.WindowHeight;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
