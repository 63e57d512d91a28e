using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Says of continuous checks what is new: after the first one only a result that differs from the one before it, and how often that one
/// came again. Compatibility mode says each of them, as the reference does.
/// </summary>
internal sealed class CheckNews
{
    private readonly List<Line> held = [];
    private string? last;
    private int same;
    private bool isReference;

    /// <summary>The lines of <paramref name="happened"/>.</summary>
    public IEnumerable<Line> Of(RunEvent happened)
    {
        var lines = EventLines.Of(happened);
        switch (happened)
        {
            case RunStarted started:
                isReference = started.Options.Compatibility == Compatibility.ChaosToolkit;
                return lines;
            case not null when isReference:
                return lines;
            case HypothesisStarted { Phase: RunPhase.During } or ActivityStarted { Run.Phase: RunPhase.During }:
                return last is null ? lines : [];
            case ActivityEnded { Run.Phase: RunPhase.During }:
                held.AddRange(lines);
                return [];
            case HypothesisEnded { Run.Phase: RunPhase.During }:
                return Check([.. held, .. lines]);
            case ContinuousEnded:
                return [.. Repeated(), .. lines];
            default:
                return lines;
        }
    }

    private List<Line> Check(List<Line> result)
    {
        held.Clear();
        var text = string.Join('\n', result.Where(static line => line.Level > NoticeLevel.Debug).Select(static line => line.Text));
        if (text == last)
        {
            same++;
            return [];
        }

        List<Line> said = [.. Repeated(), .. result];
        last = text;
        return said;
    }

    private List<Line> Repeated()
    {
        List<Line> lines = same == 0 ? [] : [Line.Info(same == 1 ? "  The same once more" : $"  The same {same} more times")];
        same = 0;
        return lines;
    }
}
