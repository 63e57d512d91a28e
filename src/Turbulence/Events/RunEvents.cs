using Turbulence.Values;

namespace Turbulence.Events;

/// <summary>Hands the events of a run to its observers, without secrets, one at a time and in order.</summary>
/// <param name="run">The run's id.</param>
/// <param name="time">The run's clock.</param>
/// <param name="mask">Knows the secrets.</param>
/// <param name="live">Held by whoever changes the experiment while it runs.</param>
/// <param name="observers">Who listens.</param>
internal sealed class RunEvents(string run, TimeProvider time, SecretMask mask, Lock live, IEnumerable<IRunObserver> observers)
{
    private readonly Lock gate = new();
    private readonly List<IRunObserver> listening = [.. observers];
    private readonly EventMask told = new(mask, live);
    private readonly Dictionary<IRunRecord, string> troubles = [];
    private string? lostRecord;
    private long? began;

    /// <summary>Events that nobody is told of, masked alike.</summary>
    public RunEvents Unheard() => new(run, time, Mask, live, []);

    /// <summary>The run's clock, read now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Knows the secrets by now.</summary>
    public SecretMask Mask => told.Secrets;

    /// <summary>Hands <paramref name="happened"/> to every observer that still listens.</summary>
    public void Publish(RunEvent happened)
    {
        lock (gate)
        {
            Hand(happened, static _ => true);
        }
    }

    /// <summary>
    /// Hands the end of the run to its records, and then to everybody else: what people are told at the end says whether the record is
    /// complete.
    /// </summary>
    /// <param name="end">The end of the run.</param>
    /// <param name="incomplete">The end of a run whose record is not complete, for the reason given.</param>
    /// <returns>The end that was told.</returns>
    public RunEnded Close(RunEnded end, Func<string, RunEnded> incomplete)
    {
        lock (gate)
        {
            Hand(end, static observer => observer is IRunRecord);
            if (Incomplete() is { } why)
            {
                end = incomplete(why);
                Hand(end, static observer => observer is IRunRecord);
            }

            Hand(end, static observer => observer is not IRunRecord);
            return end;
        }
    }

    /// <summary>Masks with <paramref name="mask"/> from now on: a control changed the secrets, or what events tell of.</summary>
    public void Renew(SecretMask mask)
    {
        lock (gate)
        {
            told.Renew(mask);
        }
    }

    /// <summary>The outcome without secrets.</summary>
    public RunOutcome Masked(RunOutcome outcome) => outcome.Masked(told);

    /// <summary>Says a line that no other event says.</summary>
    public void Say(NoticeLevel level, string text) => Publish(new Notice(Now, level, text));

    private string? Incomplete() => lostRecord
        ?? listening
            .OfType<IRunRecord>()
            .Where(record => record.Failure is not null)
            .Select(record => $"the {record.Name} is not complete: {record.Failure}")
            .FirstOrDefault();

    private void Hand(RunEvent happened, Func<IRunObserver, bool> who)
    {
        if (listening.Count == 0)
        {
            return;
        }

        happened = Told(happened);
        for (var i = 0; i < listening.Count; i++)
        {
            var observer = listening[i];
            if (!who(observer))
            {
                continue;
            }

            try
            {
                observer.On(happened);
                TellTrouble(observer);
            }
#pragma warning disable CA1031 // A broken console or a full disk must not keep the rollbacks from being played.
            catch (Exception error)
#pragma warning restore CA1031
            {
                listening.RemoveAt(i--);
                lostRecord ??= observer is IRunRecord record ? $"the {record.Name} is not complete: {error.Message}" : null;
                Tell(new Notice(Now, NoticeLevel.Warning, $"{observer.GetType().Name} is told nothing more: {error.Message}"));
            }
        }
    }

    private RunEvent Told(RunEvent happened)
    {
        var now = time.GetTimestamp();
        began ??= now;
        return happened.Masked(told) with { RunId = run, Offset = time.GetElapsedTime(began.Value, now) };
    }

    // Once when it begins, and once when it is over.
    private void TellTrouble(IRunObserver observer)
    {
        if (observer is not IRunRecord record)
        {
            return;
        }

        if (record.Failure is { } failure)
        {
            if (troubles.TryAdd(record, failure))
            {
                Tell(new Notice(
                    Now, NoticeLevel.Warning, $"The {record.Name} cannot be written, which is tried again and again: {failure}"));
            }
        }
        else if (troubles.Remove(record))
        {
            Tell(new Notice(Now, NoticeLevel.Information, $"The {record.Name} is written again, and nothing of it is missing"));
        }
    }

    private void Tell(Notice said)
    {
        var notice = Told(said);
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
