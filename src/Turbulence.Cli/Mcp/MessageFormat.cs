using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Mcp;

/// <summary>An event as a message to a client: its words alone.</summary>
internal sealed class MessageFormat : ILineFormat
{
    /// <inheritdoc/>
    public void Write(Line line, RunEvent happened, TextWriter writer) => writer.Write($"{PrintableText.OneLine(line.Text)}\n");
}
