using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>How a line is written.</summary>
internal interface ILineFormat
{
    /// <summary>Writes <paramref name="line"/> with its line break.</summary>
    /// <param name="line">The line.</param>
    /// <param name="happened">The event that it was made from.</param>
    /// <param name="writer">Takes it.</param>
    void Write(Line line, RunEvent happened, TextWriter writer);
}
