using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>
/// Ends a process that is not our child: it is asked to, and killed when it does not. Only what the system calls gone is gone: where it
/// cannot say for want of open files or memory it is asked again until the patience is over.
/// </summary>
/// <param name="patience">How long the process may take to end after it was asked.</param>
/// <param name="time">The clock.</param>
internal sealed class ProcessEnd(TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    /// <summary>Takes hold of a process, or says why not.</summary>
    internal Func<ProcessIdentity, (ProcessHandle? Handle, ProcessStartFailure? Failure)> Open { get; init; } =
        static identity => (ProcessHandle.TryOpen(identity, out var handle, out var failure) ? handle : null, failure);

    /// <summary>Ends it.</summary>
    /// <returns>Null when it is gone; otherwise what is left, in one line.</returns>
    public async Task<string?> EndAsync(ProcessIdentity identity)
    {
        var began = time.GetTimestamp();
        ProcessHandle? handle;
        while (true)
        {
            (handle, var problem) = Open(identity);
            if (handle is not null)
            {
                break;
            }

            if (problem!.IsGone)
            {
                return null;
            }

            if (time.GetElapsedTime(began) >= LeastPatience)
            {
                return $"process {identity.Id} could not be ended: {problem.Message}";
            }

            await Task.Delay(Gap, time);
        }

        using (handle)
        {
            foreach (var (signal, wait) in Steps)
            {
                if (!handle.TrySignal(signal, out var failure))
                {
                    return failure.IsGone ? null : $"process {identity.Id} could not be ended: {failure.Message}";
                }

                if (await EndsAsync(handle, wait))
                {
                    return null;
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"process {identity.Id} still runs {LeastPatience.TotalSeconds} s after it was killed");
    }

    private (PosixSignalNumber Signal, TimeSpan Wait)[] Steps =>
        [(PosixSignalNumber.Terminate, patience), (PosixSignalNumber.Kill, LeastPatience)];

    private async Task<bool> EndsAsync(ProcessHandle handle, TimeSpan wait)
    {
        using var limit = new CancellationTokenSource(wait, time);
        try
        {
            await handle.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
