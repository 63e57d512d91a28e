using System.Globalization;

namespace Turbulence.Faults.Sessions;

/// <summary>Calls a kind such that whatever it does comes back as a value: what it throws, and that it does not come back at all.</summary>
/// <param name="kind">The kind.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class KindCaller(IFaultKind kind, TimeProvider time)
{
    /// <summary>How long one step of taking back may take: a server that starts again and fills its caches is slow, a mistake is for ever.</summary>
    public static TimeSpan StepLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Injects; only a cancellation by the caller is thrown.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) => CallAsync(
        token => kind.InjectAsync(record, tools, token), StepResult.Failed, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Looks for the effect.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) => CallAsync(
        token => kind.ObserveAsync(record, tools, token), Unseen, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes it back.</summary>
    public Task<StepResult> RevertAsync(FaultRecord record, FaultTools tools) => CallAsync(
        token => kind.RevertAsync(record, tools, token), StepResult.Failed, StepLimit, CancellationToken.None);

    /// <summary>Looks whether everything is as before.</summary>
    public Task<Evidence> CheckAsync(FaultRecord record, FaultTools tools) => CallAsync(
        token => kind.CheckAsync(record, tools, token), Unseen, StepLimit, CancellationToken.None);

    private static Evidence Unseen(string problem) => new(false, problem);

    private async Task<T> CallAsync<T>(
        Func<CancellationToken, ValueTask<T>> step, Func<string, T> failed, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await step(both.Token).AsTask().WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            return failed(string.Create(CultureInfo.InvariantCulture, $"it did not end within {limit.TotalSeconds} s"));
        }
#pragma warning disable CA1031 // A mistake in a kind must not keep a fault from being taken back and told.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            return failed($"{mistake.GetType().Name}: {mistake.Message}");
        }
    }
}
