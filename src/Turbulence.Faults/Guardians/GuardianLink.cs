using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>One guardian, as its runner holds it: the process, the pipe to it, and the pipe on which it answers.</summary>
internal sealed class GuardianLink : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly ChildProcess process;
    private readonly Heartbeat heartbeat;
    private readonly Lock gate = new();
    private readonly List<(long Number, TaskCompletionSource<bool> Known)> waiting = [];
    private readonly TimeProvider time;
    private long known;
    private bool isLost;

    private GuardianLink(ChildProcess process, PipeFrames answers, Heartbeat heartbeat, TimeProvider time)
    {
        this.process = process;
        this.heartbeat = heartbeat;
        this.time = time;
        Watching = WatchAsync(answers);
    }

    /// <summary>The guardian.</summary>
    public ProcessIdentity Guardian => process.Identity;

    /// <summary>Why this guardian took the faults over; null while it has not.</summary>
    public string? Loss { get; private set; }

    /// <summary>Ends when the guardian is lost, and when everything is heard that it had to say.</summary>
    public Task Watching { get; }

    /// <summary>Whether the process is no more.</summary>
    public bool HasExited => process.Exited.IsCompleted;

    /// <summary>Whether the guardian is there and answers. One that somebody stopped is as good as none.</summary>
    public bool IsOnWatch => !Watching.IsCompleted
        && !HasExited
        && PeerPulse.Take(process.Identity).Condition is not (PeerCondition.Dead or PeerCondition.Stopped);

    /// <summary>Starts a guardian.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="time">Measures how long it takes, and its silence.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The guardian, or why there is none, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<(GuardianLink? Link, string? Problem)> StartAsync(
        ProcessStartOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ChildProcess.TryStart(options, out var process, out var failure))
        {
            return (null, failure.Message);
        }

        var heartbeat = new Heartbeat(process.StandardInput);
        var answers = new PipeFrames(process.StandardOutput);
        string problem;
        try
        {
            var hello = await answers.NextAsync().WaitAsync(StartPatience, time, cancellationToken);
            if (hello is { Kind: PipeFrame.Hello, Number: PipeFrame.Version })
            {
                return (new GuardianLink(process, answers, heartbeat, time), null);
            }

            problem = hello is { Kind: PipeFrame.Hello } ? "it is of another version: this program was replaced while it runs"
                : "it did not answer as a guardian does: is it the program 'chaos', and does it run here?";
        }
        catch (TimeoutException)
        {
            problem = $"it did not get ready within {StartPatience.TotalSeconds} s";
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, heartbeat);
            throw;
        }

        await EndAsync(process, heartbeat);
        return (null, $"'{options.FileName} {string.Join(' ', options.Arguments)}': {problem}");
    }

    /// <summary>Sends a record, and waits for nothing.</summary>
    /// <returns>Its number, for <see cref="KnowsAsync"/>.</returns>
    public long Send(byte kind, byte[] record) => heartbeat.Send(kind, record);

    /// <summary>Waits until the guardian has a record.</summary>
    /// <returns>False where it was lost before.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> KnowsAsync(long number, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (isLost || number <= known)
            {
                return Task.FromResult(!isLost);
            }

            var arriving = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((number, arriving));
            return arriving.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Tells the guardian that the run has come to its end, and waits until it is gone; one that is not is ended by
    /// <see cref="DisposeAsync"/>.
    /// </summary>
    public async Task EndInOrderAsync(TimeSpan patience)
    {
        heartbeat.EndInOrder();
        await Task.WhenAny(process.Exited, Task.Delay(patience, time));
    }

    /// <summary>Ends the guardian, at once and without a word.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.Exited.IsCompleted)
        {
            // Killed before its pipe ends, or a stopped one would wake up and believe that we died.
            process.Signal(PosixSignalNumber.Kill);
            await process.Exited;
        }

        // What it had to say may still be in the pipe.
        await Task.WhenAny(Watching, Task.Delay(PeerWatch.Lease, time));
        await EndAsync(process, heartbeat);
        await Watching;
    }

    private static async Task EndAsync(ChildProcess process, Heartbeat heartbeat)
    {
        if (!process.Exited.IsCompleted)
        {
            process.Signal(PosixSignalNumber.Kill);
            await process.Exited;
        }

        heartbeat.Dispose();
        await process.DisposeAsync();
    }

    private async Task WatchAsync(PipeFrames answers)
    {
        await new PeerWatch(answers, "the guardian", process.Identity, () => PeerPulse.Take(process.Identity), Take, time).WaitAsync();
        List<(long, TaskCompletionSource<bool> Known)> left;
        lock (gate)
        {
            isLost = true;
            left = [.. waiting];
            waiting.Clear();
        }

        left.ForEach(static each => each.Known.TrySetResult(false));
    }

    private void Take(PipeFrame frame)
    {
        if (frame.Kind == PipeFrame.Loss)
        {
            Loss = Encoding.UTF8.GetString(frame.Content);
        }

        if (frame.Kind != PipeFrame.Answer)
        {
            return;
        }

        List<(long Number, TaskCompletionSource<bool> Known)> here;
        lock (gate)
        {
            known = frame.Number;
            here = [.. waiting.Where(each => each.Number <= known)];
            waiting.RemoveAll(each => each.Number <= known);
        }

        here.ForEach(static each => each.Known.TrySetResult(true));
    }
}
