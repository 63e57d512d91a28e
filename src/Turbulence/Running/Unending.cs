using System.Globalization;
using Turbulence.Experiments;

namespace Turbulence.Running;

/// <summary>
/// Waits for a provider, and once it is cancelled not for ever: a program in uninterruptible sleep, or a provider that does not listen,
/// would otherwise keep the activity beyond its time limit, and the rollbacks from being played.
/// </summary>
internal static class Unending
{
    /// <summary>How long a provider may take to end once it is cancelled: far more than ending a group of processes takes.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What people are told of it.</summary>
    public static string Text { get; } = string.Create(
        CultureInfo.InvariantCulture, $"it had not ended {Patience.TotalSeconds} s after it was told to, and is not waited for any longer");

    /// <summary>Waits for <paramref name="working"/>.</summary>
    /// <param name="working">The provider's work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The token that the provider was handed.</param>
    /// <exception cref="UnendingException">It was cancelled and did not end.</exception>
    public static async Task<ActivityResult> WaitAsync(Task<ActivityResult> working, TimeProvider time, CancellationToken cancellationToken)
    {
        if (working.IsCompleted)
        {
            return await working;
        }

        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.Register(cancelled.SetResult))
        {
            await Task.WhenAny(working, cancelled.Task);
        }

        try
        {
            return await working.WaitAsync(Patience, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!working.IsCompleted)
        {
            // Whatever becomes of it, somebody has to have looked.
            _ = working.ContinueWith(
                static late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new UnendingException(cancellationToken);
        }
    }
}
