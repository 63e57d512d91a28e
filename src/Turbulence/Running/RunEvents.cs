using Turbulence.Running.Events;
using Turbulence.Values;

namespace Turbulence.Running;

/// <summary>Hands the events of a run to its observers, without secrets, one at a time and in order.</summary>
/// <param name="time">The run's clock.</param>
/// <param name="mask">Knows the secrets.</param>
/// <param name="observers">Who listens.</param>
internal sealed class RunEvents(TimeProvider time, SecretMask mask, IEnumerable<IRunObserver> observers)
{
    private readonly Lock gate = new();
    private readonly List<IRunObserver> listening = [.. observers];
    private readonly MaskedEvents masked = new(mask);

    /// <summary>The run's clock, read now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Hands <paramref name="happened"/> to every observer that still listens.</summary>
    public void Publish(RunEvent happened)
    {
        lock (gate)
        {
            var told = masked.Of(happened);
            for (var i = 0; i < listening.Count; i++)
            {
                try
                {
                    listening[i].On(told);
                }
#pragma warning disable CA1031 // A broken console or a full disk must not keep the rollbacks from being played.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    var lost = listening[i];
                    listening.RemoveAt(i--);
                    Tell(new Notice(Now, NoticeLevel.Warning, $"{lost.GetType().Name} is told nothing more: {error.Message}"));
                }
            }
        }
    }

    /// <summary>Masks with <paramref name="mask"/> from now on: a control changed the secrets, or what events tell of.</summary>
    public void Renew(SecretMask mask)
    {
        lock (gate)
        {
            masked.Renew(mask);
        }
    }

    /// <summary>The outcome without secrets.</summary>
    public RunOutcome Masked(RunOutcome outcome) => masked.Of(outcome);

    /// <summary>Says a line that no other event says.</summary>
    public void Say(NoticeLevel level, string text) => Publish(new Notice(Now, level, text));

    private void Tell(Notice notice)
    {
        foreach (var observer in listening)
        {
            try
            {
                observer.On(notice);
            }
#pragma warning disable CA1031 // It will fail again at the next event, and be dropped then.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
