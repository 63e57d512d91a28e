using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// Calls a kind such that whatever it does comes back as a value: what it throws, and that it does not come back at all. Each step has a
/// thread of its own, so that one that blocks holds up nobody else; and one that is cancelled is waited for, because what it still does
/// would be done behind the back of its undo:
/// <code>
///   begun ─ ended ─▶ its result
///     └ cancelled, or too long ─▶ token ─ ended ─▶ cancelled
///                                   └ still there after the grace ─▶ kept in StepsUnderWay: nothing more is begun for this fault
/// </code>
/// </summary>
/// <param name="kind">The kind.</param>
/// <param name="time">Measures the limit.</param>
/// <param name="steps">The steps that were given up.</param>
internal sealed class KindCaller(IFaultKind kind, TimeProvider time, StepsUnderWay steps)
{
    /// <summary>
    /// How long one step of taking back may take since it said last that it goes on: a server that starts again and fills its caches is
    /// slow, a mistake is for ever.
    /// </summary>
    public static TimeSpan StepLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a step may take to end after it was told to. Every kind looks at its token again and again; only what hangs inside the
    /// system takes longer.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Who is called.</summary>
    public IFaultKind Kind => kind;

    /// <summary>Injects; only a cancellation by the caller is thrown.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) => CallAsync(
        record, tools, (open, token) => kind.InjectAsync(
            record, open, token), StepResult.Failed, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Looks for the effect.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) => CallAsync(
        record, tools, (open, token) => kind.ObserveAsync(record, open, token), Unseen, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes it back.</summary>
    public Task<StepResult> RevertAsync(FaultRecord record, FaultTools tools) => CallAsync(
        record, tools, (open, token) => kind.RevertAsync(record, open, token), StepResult.Failed, StepLimit, CancellationToken.None);

    /// <summary>Looks whether everything is as before.</summary>
    public Task<Evidence> CheckAsync(FaultRecord record, FaultTools tools) => CallAsync(
        record, tools, (open, token) => kind.CheckAsync(record, open, token), Unseen, StepLimit, CancellationToken.None);

    private static Evidence Unseen(string problem) => new(false, problem);

    private async Task<T> CallAsync<T>(
        FaultRecord record,
        FaultTools tools,
        Func<FaultTools, CancellationToken, ValueTask<T>> step,
        Func<string, T> failed,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        if (steps.Has(record.Id))
        {
            return failed("an earlier step of it was told to end and still goes on, so nothing more is done to it before that ends");
        }

        using var clock = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        var token = both.Token;
        var own = new StepTools(tools, limit == Timeout.InfiniteTimeSpan ? static () => { } : () => GrantMore(clock, limit));
        var running = Task.Factory.StartNew(
            () => step(own.Open, token).AsTask(),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).Unwrap();
        try
        {
            if (!await EndsAsync(running, token))
            {
                own.Close();
                steps.Add(record.Id, running);
                cancellationToken.ThrowIfCancellationRequested();
                return failed(string.Create(CultureInfo.InvariantCulture, $"it did not end within {limit.TotalSeconds} s, and goes on"));
            }

            return await running;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            return failed(string.Create(CultureInfo.InvariantCulture, $"it did not end within {limit.TotalSeconds} s"));
        }
        catch (UnreadableUndoException unreadable)
        {
            return failed(unreadable.Message);
        }
#pragma warning disable CA1031 // A mistake in a kind must not keep a fault from being taken back and told.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            return failed($"{mistake.GetType().Name}: {mistake.Message}");
        }
    }

    // One that says that it goes on has the whole limit again. A clock that has run out, or is no more, stays so.
    private static void GrantMore(CancellationTokenSource clock, TimeSpan limit)
    {
        try
        {
            clock.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // The step was given up, and goes on behind everybody's back until it looks at its token.
        }
    }

    /// <summary>Waits for the step, and after its token was cancelled for the grace; whether it has ended.</summary>
    private async Task<bool> EndsAsync(Task running, CancellationToken token)
    {
        await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, time, token));
        if (!running.IsCompleted)
        {
            using var done = new CancellationTokenSource();
            await Task.WhenAny(running, Task.Delay(Grace, time, done.Token));
            await done.CancelAsync();
        }

        return running.IsCompleted;
    }
}
