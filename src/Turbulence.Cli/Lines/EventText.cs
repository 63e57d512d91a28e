using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>Makes the whole text of an event, ready to be written at once.</summary>
/// <param name="format">How a line is written.</param>
/// <param name="minimum">Lines of a lower level are left out.</param>
internal sealed class EventText(ILineFormat format, NoticeLevel minimum)
{
    // Programs and people who look for a fault are told everything.
    private readonly CheckNews? news = format is TextLineFormat && minimum > NoticeLevel.Debug ? new CheckNews() : null;

    /// <summary>The lines of <paramref name="happened"/>, each with its line break; the empty text where it needs none.</summary>
    public string Of(RunEvent happened)
    {
        var text = new StringWriter();
        foreach (var line in news?.Of(happened) ?? EventLines.Of(happened))
        {
            if (line.Level >= minimum)
            {
                format.Write(line, happened, text);
            }
        }

        return text.ToString();
    }
}
