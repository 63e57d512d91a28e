using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Listens to a runner's heartbeat, and decides when the runner is lost. Its death closes the pipe, and is known at once. Silence is another matter: a machine under
/// load is silent, too. So only the time counts in which we ourselves ran, and a runner that is neither stopped nor without any progress gets
/// <see cref="Patience"/> instead of <see cref="Lease"/>.
/// </summary>
/// <param name="beats">The end of the pipe.</param>
/// <param name="runner">The process at its other end.</param>
/// <param name="look">Looks at the runner.</param>
/// <param name="time">The clock.</param>
internal sealed class RunnerWatch(Stream beats, ProcessIdentity runner, Func<RunnerPulse> look, TimeProvider time)
{
    /// <summary>How long a runner may be silent.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a runner may be silent that wants to run, or still does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether the runner was heard.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <summary>Listens to the end.</summary>
    /// <returns>Why the runner is lost, in one line; null when it has come to its end in order.</returns>
    public async Task<string?> WaitAsync()
    {
        var buffer = new byte[64];
        var read = ReadAsync(buffer);
        var silence = TimeSpan.Zero;
        RunnerPulse? before = null;
        while (true)
        {
            var began = time.GetTimestamp();
            await Task.WhenAny(read, Task.Delay(Slice, time));
            if (read.IsCompleted)
            {
                var count = await read;
                if (count == 0)
                {
                    return Text("died");
                }

                if (buffer.AsSpan(0, count).Contains(Heartbeat.End))
                {
                    return null;
                }

                (silence, before, read) = (TimeSpan.Zero, null, ReadAsync(buffer));
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
            if (silence >= Lease && Judge(before.Value, look(), silence) is { } lost)
            {
                return lost;
            }
        }
    }

    private string? Judge(RunnerPulse before, RunnerPulse now, TimeSpan silence) => now.Condition switch
    {
        RunnerCondition.Dead => Text("died"),
        RunnerCondition.Stopped => Text("was stopped"),
        _ when silence >= Patience => Text(string.Create(CultureInfo.InvariantCulture, $"has been silent for {Patience.TotalSeconds} s")),
        RunnerCondition.Quiet when now.Processor == before.Processor => Text("does nothing any more"),
        _ => null,
    };

    private string Text(string what) => string.Create(CultureInfo.InvariantCulture, $"the runner, process {runner.Id}, {what}");

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await beats.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
