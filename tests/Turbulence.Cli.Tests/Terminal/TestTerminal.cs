using System.Text;
using Spectre.Console;

namespace Turbulence.Cli.Tests.Terminal;

/// <summary>A terminal of a fixed size that keeps what was written, frame by frame.</summary>
internal sealed class TestTerminal(int width, int height = 24) : StringWriter, IAnsiConsoleOutput
{
    public ScreenReader Screen { get; } = new(width);

    public int Frames { get; private set; }

    public TextWriter Writer
    {
        get
        {
            Frames++;
            return this;
        }
    }

    public bool IsTerminal => true;

    public int Width { get; set; } = width;

    public int Height => height;

    public void SetEncoding(Encoding encoding)
    {
    }

    public string Read()
    {
        Screen.Write(ToString());
        GetStringBuilder().Clear();
        return Screen.Text;
    }

    public string ReadRaw() => ToString();
}
