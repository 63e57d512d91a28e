using System.Text;

namespace Turbulence.Cli.Mcp;

/// <summary>Tells each line that is written to it.</summary>
/// <param name="tell">Told of a line, without its break.</param>
internal sealed class LineTeller(Action<string> tell) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value], 0, 1);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        foreach (var line in (value ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            tell(line);
        }
    }
}
