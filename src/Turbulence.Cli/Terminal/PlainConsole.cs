using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Terminal;

/// <summary>Says a run in lines, each written as it happens: what a pipe, a CI log or a terminal without cursor control gets.</summary>
/// <param name="writer">Where to; flushed after each event.</param>
/// <param name="text">Makes the lines.</param>
internal sealed class PlainConsole(TextWriter writer, EventText text) : IRunObserver
{
    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        // One write an event, so that lines of another process on the same pipe do not come in between.
        if (text.Of(happened) is { Length: > 0 } lines)
        {
            writer.Write(lines);
            writer.Flush();
        }
    }
}
