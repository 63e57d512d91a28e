using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults;

/// <summary>
/// A run's place in the ledger, from before the first code that is not ours is called until nothing of the run goes on: <c>chaos halt</c>
/// waits for what is entered, and what is entered asks at every door, and five times a second between them, whether everything is halted.
/// </summary>
public sealed class RunEntry : IAsyncDisposable
{
    /// <summary>
    /// How often it is looked whether everything is halted. A halt waits longer than that for a run that could not be entered.
    /// </summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly Ledger ledger;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private readonly Action<string> stop;
    private readonly Task watching;
    private RunRecord record;

    /// <summary>Enters a run, or tries to.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="title">What the run is called until more is known.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes the id.</param>
    /// <param name="stop">Asked to stop the run, with the reason in one line; once.</param>
    public RunEntry(Ledger ledger, string title, TimeProvider time, Random random, Action<string> stop)
    {
        this.ledger = ledger;
        this.time = time;
        this.stop = stop;
        var id = Environment.ProcessId;
        record = new RunRecord(
            Ledger.NewId(random, length: 10), title, RunnerIdentity.Of(ProcessTable.Find(id)?.Identity
                ?? new ProcessIdentity(id, 0)), time.GetUtcNow());
        Problem = Enter();
        watching = WatchAsync();
    }

    /// <summary>The run, as it is entered.</summary>
    public RunRecord Record
    {
        get
        {
            lock (gate)
            {
                return record;
            }
        }
    }

    /// <summary>Why the run does not stand in the ledger, in one line; null where it does. It is tried again until it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>Asked at each look, beside the halt mark; says why the run must stop.</summary>
    internal Func<CancellationToken, Task<string?>>? Also { get; set; }

    /// <summary>Asked for the run's guardian when its record is written.</summary>
    internal Func<ProcessIdentity?> Guardian { get; set; } = static () => null;

    /// <summary>Told of the record when it was changed.</summary>
    internal Action<RunRecord> Amended { get; set; } = static _ => { };

    /// <summary>Asked at every door: why the run must not go on, and what lets runs go on again; null where it may.</summary>
    public HaltSighting? Refusal() => ledger.Halted;

    /// <summary>Writes what is known of the run by now.</summary>
    /// <param name="change">Changes the record.</param>
    public void Amend(Func<RunRecord, RunRecord> change)
    {
        lock (gate)
        {
            record = change(record);
            Problem = Enter();
            Amended(record);
        }
    }

    /// <summary>Takes the run out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested)
        {
            return;
        }

        await ended.CancelAsync();
        await watching;
        ended.Dispose();
        try
        {
            // A run with a fault that is still in stays: it says whose the fault is.
            if (ledger.Read().Faults.All(fault => fault.Run != record.Id))
            {
                ledger.RemoveRun(record.Id);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What is left names a process that is no more: the next command removes it.
        }
    }

    private string? Enter()
    {
        if (ledger.Prepare() is { } problem)
        {
            return problem;
        }

        try
        {
            record = record with { Guardian = Guardian() };
            ledger.SaveRun(record, durably: record.Guardian is not null);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the run cannot be entered in the ledger in {ledger.Folder}: {failure.Message}";
        }
    }

    private async Task WatchAsync()
    {
        await Task.Yield();
        using var pace = new PeriodicTimer(Pace, time);
        try
        {
            while (await pace.WaitForNextTickAsync(ended.Token))
            {
                Tend();
                if (Refusal() is { } halted)
                {
                    stop($"the run is halted: {halted.Reason}");
                    return;
                }

                if (Also is { } also && await also(ended.Token) is { } trouble)
                {
                    stop(trouble);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is at its end.
        }
    }

    // What could not be entered yet, or was taken out by somebody.
    private void Tend()
    {
        lock (gate)
        {
            if (Problem is not null || !ledger.Knows(record.Id))
            {
                Problem = Enter();
            }
        }
    }
}
