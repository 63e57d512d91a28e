using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Listens to the process at the other end of a pipe, runner or guardian, and decides when it is lost. Its death closes the pipe, and is
/// known at once. Silence is another matter: a machine under load is silent, too. So only the time counts in which we ourselves ran, and a
/// process that is neither stopped nor without any progress gets <see cref="Patience"/> instead of <see cref="Lease"/>.
/// </summary>
/// <param name="frames">The end of the pipe.</param>
/// <param name="name">What the process is called: <c>the runner</c>.</param>
/// <param name="peer">The process at its other end.</param>
/// <param name="look">Looks at that process.</param>
/// <param name="take">Takes each frame that comes.</param>
/// <param name="time">The clock.</param>
internal sealed class PeerWatch(
    PipeFrames frames, string name, ProcessIdentity peer, Func<PeerPulse> look, Action<PipeFrame> take, TimeProvider time)
{
    /// <summary>How long a process may be silent.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a process may be silent that wants to run, or still does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether the process was heard.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private Task<PipeFrame?>? read;

    /// <summary>Whether silence matters at the moment; death always does. Default: always.</summary>
    public Func<bool> Matters { get; init; } = static () => true;

    /// <summary>Listens to the end, and once more to one that was only silent.</summary>
    /// <returns>How the process is lost; null when it has come to its end in order.</returns>
    public async Task<PeerLoss?> WaitAsync()
    {
        read ??= frames.NextAsync();
        var silence = TimeSpan.Zero;
        PeerPulse? before = null;
        while (true)
        {
            var began = time.GetTimestamp();
            await Task.WhenAny(read, Task.Delay(Slice, time));
            if (read.IsCompleted)
            {
                if (await read is not { } frame)
                {
                    return Loss("died", isEnd: true);
                }

                if (frame.Kind == PipeFrame.End)
                {
                    return null;
                }

                take(frame);
                (silence, before, read) = (TimeSpan.Zero, null, frames.NextAsync());
                continue;
            }

            // What is much longer than a slice was a time in which we did not run either: a machine that slept, a group that was frozen.
            var slept = time.GetElapsedTime(began);
            silence += slept < Slice * 2 ? slept : Slice * 2;
            if (silence < Lease / 2)
            {
                continue;
            }

            before ??= look();
            if (silence < Lease)
            {
                continue;
            }

            var now = look();
            if (Judge(before.Value, now, silence) is { } lost && (now.Condition == PeerCondition.Dead || Matters()))
            {
                return lost;
            }
        }
    }

    private PeerLoss? Judge(PeerPulse before, PeerPulse now, TimeSpan silence) => now.Condition switch
    {
        PeerCondition.Dead => Loss("died", isEnd: true),
        PeerCondition.Stopped => Loss("was stopped"),
        _ when silence >= Patience => Loss(string.Create(CultureInfo.InvariantCulture, $"has been silent for {Patience.TotalSeconds} s")),
        PeerCondition.Quiet when now.Processor == before.Processor => Loss("does nothing any more"),
        _ => null,
    };

    private PeerLoss Loss(string what, bool isEnd = false) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}, process {peer.Id}, {what}"), isEnd);
}
