using Turbulence.Documents;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>Makes the whole text of an event, ready to be written at once.</summary>
/// <param name="format">How a line is written.</param>
/// <param name="minimum">Lines of a lower level are left out.</param>
/// <param name="keepsVerdict">Whether the verdict is said whatever its level. Default: no.</param>
internal sealed class EventText(ILineFormat format, NoticeLevel minimum, bool keepsVerdict = false)
{
    private readonly Felt felt = new();

    // Programs and people who look for a fault are told everything.
    private readonly CheckNews? news = format is TextLineFormat && minimum > NoticeLevel.Debug ? new CheckNews() : null;

    /// <summary>The lines of <paramref name="happened"/>, each with its line break; the empty text where it needs none.</summary>
    public string Of(RunEvent happened)
    {
        var text = new StringWriter();
        felt.On(happened);
        foreach (var line in (news?.Of(happened) ?? EventLines.Of(happened)).Concat(Last(happened)))
        {
            if (line.Level >= minimum || (keepsVerdict && line.IsVerdict))
            {
                format.Write(line, happened, text);
            }
        }

        return text.ToString();
    }

    // The notes have what the users of the whole run felt. The reference's last lines stay its last lines.
    private IEnumerable<Line> Last(RunEvent happened) => happened is RunEnded { Outcome: { Compatibility: Compatibility.None } outcome }
        ? felt.Lines.Except(outcome.Notes).Select(static line => Line.Info($"  {line}"))
        : [];
}
