using System.Globalization;
using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// Passes on what a worker says. It goes to whoever made the latest call, and after that call to the same, since a last line may come
/// later than the answer. Of one call no more than <see cref="LinesOfACall"/> lines are passed on.
/// </summary>
/// <param name="name">The language, for people.</param>
/// <param name="usual">Listens before the first call and after <see cref="Settle"/>.</param>
/// <param name="usualMask">Knows the secrets where a call has no mask of its own.</param>
internal sealed class WorkerLog(string name, Action<NoticeLevel, string> usual, Func<SecretMask> usualMask)
{
    /// <summary>The most lines that are passed on from one call to the next.</summary>
    public const int LinesOfACall = 1000;

    private readonly Lock gate = new();
    private readonly List<WorkerCall> active = [];
    private Action<NoticeLevel, string>? listener;
    private Func<SecretMask>? mask;
    private int lines;
    private long hidden;

    /// <summary>A call begins: what is said from now on goes to its listener.</summary>
    public void Begin(WorkerCall call)
    {
        lock (gate)
        {
            TellHidden();
            active.Add(call);
            listener = call.Say;
            mask = call.Mask;
            lines = 0;
        }
    }

    /// <summary>A call has ended; others may go on.</summary>
    public void End(WorkerCall call)
    {
        lock (gate)
        {
            active.RemoveAll(other => ReferenceEquals(other, call));
            if (active is [.., var latest])
            {
                listener = latest.Say;
                mask = latest.Mask;
            }
        }
    }

    /// <summary>The listeners of calls are gone.</summary>
    public void Settle()
    {
        lock (gate)
        {
            TellHidden();
            listener = null;
        }
    }

    /// <summary>A line that user code printed.</summary>
    public void Printed(string line) => Pass(NoticeLevel.Debug, (subject, mask) =>
        $"{subject ?? $"the {name} worker"} wrote: {ShownText.Shortened(line, mask, ShownText.LongestPrinted)}");

    /// <summary>A line that user code logged.</summary>
    public void Logged(NoticeLevel level, string line) => Pass(level, (_, mask) => ShownText.Shortened(line, mask));

    private void Pass(NoticeLevel level, Func<string?, Func<SecretMask>, string> text)
    {
        lock (gate)
        {
            if (++lines > LinesOfACall)
            {
                hidden++;
                return;
            }

            (listener ?? usual)(level, text(active is [var only] ? only.Subject : null, mask ?? usualMask));
        }
    }

    private void TellHidden()
    {
        if (hidden > 0)
        {
            (listener ?? usual)(NoticeLevel.Warning, string.Create(
                CultureInfo.InvariantCulture, $"{hidden} more lines of the {name} worker are not shown"));
            hidden = 0;
        }
    }
}
