using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// Shows a run on a terminal. What ended is printed once and stays in the scroll-back; below it stands what goes on right
/// now, drawn anew at most ten times a second, and not at all while nothing moves.
/// </summary>
internal sealed class LiveConsole : IRunObserver, IDisposable
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly LiveView view;
    private readonly LiveScreen screen;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long drawn;
    private bool waiting;
    private bool broken;

    /// <summary>Draws nothing until the first event.</summary>
    /// <param name="view">What is shown.</param>
    /// <param name="screen">Where it is drawn; disposed with the console.</param>
    /// <param name="time">Measures the gaps and the durations.</param>
    public LiveConsole(LiveView view, LiveScreen screen, TimeProvider time)
    {
        this.view = view;
        this.screen = screen;
        this.time = time;
        drawn = time.GetTimestamp() - time.TimestampFrequency;
        timer = time.CreateTimer(static self => ((LiveConsole)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        lock (gate)
        {
            view.On(happened);
            if (!waiting)
            {
                WakeIn(Gap - time.GetElapsedTime(drawn));
            }
        }
    }

    /// <summary>Shows the verdict, and leaves the cursor below it.</summary>
    /// <param name="closing">How the program ends.</param>
    public void Close(RunClosing closing)
    {
        lock (gate)
        {
            view.Close(closing);
            Draw();
        }
    }

    /// <summary>Draws what was not drawn yet, the verdict included.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            view.Close(null);
            Draw();
            broken = true;
            screen.Dispose();
        }
    }

    private void Tick()
    {
        lock (gate)
        {
            waiting = false;
            Draw();
            if (view.IsBusy && !broken)
            {
                WakeIn(Gap);
            }
        }
    }

    private void WakeIn(TimeSpan delay)
    {
        waiting = true;
        timer.Change(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Draw()
    {
        if (broken)
        {
            return;
        }

        try
        {
            screen.Draw(view.TakeFinished(), view.Busy(time.GetUtcNow(), screen.Limit));
            drawn = time.GetTimestamp();
        }
        catch (IOException)
        {
            // The terminal is gone; a timer has nobody to tell, and the run needs no audience.
            broken = true;
        }
    }
}
