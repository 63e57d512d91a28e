using Turbulence.Events;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace Turbulence.Faults.Targets;

/// <summary>Ends processes that were named when the fault was planned, and sees that they are gone.</summary>
/// <param name="images">The processes' programs.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgramEnd(IReadOnlyList<ProgramImage> images, TimeProvider time)
{
    /// <summary>Sends the signal to each, and waits until all are gone.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="patience">How long they may take.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What did not work, in one line; null when all are gone.</returns>
    public async Task<string?> EndAsync(PosixSignalNumber signal, TimeSpan patience, CancellationToken cancellationToken)
    {
        foreach (var image in images)
        {
            if (!ProcessHandle.TryOpen(image.Process, out var handle, out var failure))
            {
                return failure.IsGone ? $"{image.Text} ended before it was hit" : $"{image.Text} cannot be held: {failure.Message}";
            }

            using (handle)
            {
                if (!handle.TrySignal(signal, out failure))
                {
                    return failure.IsGone ? $"{image.Text} ended before it was hit"
                        : $"{image.Text} cannot be sent {SignalName.Of(signal)}: {failure.Message.TrimEnd('.')}; it belongs to {ProcessOwner.Text(ProcessOwner.Of(image.Process.Id))}, and {ProcessOwner.OurRefusal}";
                }
            }
        }

        var survivor = images[0];
        return await Until.TrueAsync(patience, time, cancellationToken, AllAreGone)
            ? null
            : $"{survivor.Text} still runs {patience.TotalSeconds} s after {SignalName.Of(signal)}";

        bool AllAreGone()
        {
            survivor = images.FirstOrDefault(image => image.Process.IsAlive) ?? survivor;
            return !survivor.Process.IsAlive;
        }
    }

    /// <summary>
    /// Sees whether the processes are gone, and nobody serves their ports who did before. One that was started since may: users felt it all
    /// the same.
    /// </summary>
    public Evidence Look()
    {
        List<string> seen = [];
        foreach (var image in images)
        {
            if (image.Process.IsAlive)
            {
                return new Evidence(false, $"{image.Text} still runs");
            }

            seen.Add($"{image.Text} is gone");
            foreach (var port in image.Ports)
            {
                var holders = ListeningProcess.Find(port);
                if (holders.FirstOrDefault(holder => image.Sharers.Contains(holder.Identity)) is { } sharing)
                {
                    return new Evidence(
                        false, $"{image.Text} is gone, but {ProcessText.Named(sharing)} listens on port {port} as it did before");
                }

                seen.Add(holders is [var successor, ..] ? $"{ProcessText.Named(successor)} listens on port {port} by now"
                    : ListeningProcess.IsListening(port) ? $"somebody listens on port {port}"
                    : $"nobody listens on port {port}");
            }
        }

        return new Evidence(true, string.Join(", ", seen));
    }
}
