using System.Diagnostics;

namespace Turbulence.Resident.Matching;

/// <summary>
/// Events of a <see cref="DiagnosticListener"/> by its name, those that are made later included. Only the events that are asked for are
/// asked for: subscribing to others would make a program do what it did not do before, such as make spans.
/// </summary>
/// <param name="listener">The listener's name.</param>
/// <param name="wants">Whether an event, by its name, is wanted.</param>
/// <param name="on">Told of each, on the thread on which it happens. What it throws comes out of the operation.</param>
internal sealed class NamedEvents(string listener, Predicate<string> wants, Action<string, object?> on)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private IDisposable? all;
    private bool isOver;

    /// <summary>Begins to listen.</summary>
    public void Begin() => all = DiagnosticListener.AllListeners.Subscribe(this);

    /// <summary>Whether there is such a listener by now.</summary>
    public bool IsThere
    {
        get
        {
            lock (subscriptions)
            {
                return subscriptions.Count > 0;
            }
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name != listener)
        {
            return;
        }

        lock (subscriptions)
        {
            if (!isOver)
            {
                subscriptions.Add(value.Subscribe(this, wants));
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        // A listener writes to all of its subscribers whatever they want, as long as one of them wants it.
        if (!Volatile.Read(ref isOver) && wants(value.Key))
        {
            on(value.Key, value.Value);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        all?.Dispose();
        lock (subscriptions)
        {
            Volatile.Write(ref isOver, true);
            foreach (var subscription in subscriptions)
            {
                subscription.Dispose();
            }

            subscriptions.Clear();
        }
    }
}
