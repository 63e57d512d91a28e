using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Processes.Linux;
using Turbulence.Platform.Processes.Portable;

namespace Turbulence.Platform.Processes;

/// <summary>
/// A process that we started. On Linux it is spawned with nothing of ours but its three standard files, in a session of its own; elsewhere
/// it is what <see cref="System.Diagnostics.Process"/> makes of it.
/// </summary>
public abstract class ChildProcess : IAsyncDisposable
{
    private protected ChildProcess()
    {
    }

    /// <summary>
    /// How long <see cref="ReadOutputAsync"/> waits, after the child ended, for what it left behind to let go of its outputs.
    /// </summary>
    public static TimeSpan DrainGrace { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The child's process id.</summary>
    public int Id => Identity.Id;

    /// <summary>
    /// Names the child beyond its life: its id and when it was started. The latter is 0 of one that ended while it was attended to
    /// (<see cref="ProcessStartOptions.Attendance"/>).
    /// </summary>
    public abstract ProcessIdentity Identity { get; }

    /// <summary>
    /// Ends when the child ends. Faulted with <see cref="InvalidOperationException"/> when other code of this process took the status away.
    /// </summary>
    public abstract Task<ProcessExitStatus> Exited { get; }

    /// <summary>The pipe to the child, for <see cref="ChildInput.Stream"/>; disposing it is the end of the child's input.</summary>
    /// <exception cref="InvalidOperationException">The child was started with another input.</exception>
    public Stream StandardInput => InputStream ?? throw new InvalidOperationException("The standard input is not a stream.");

    /// <summary>The pipe from the child, for <see cref="ChildOutput.Stream"/>.</summary>
    /// <exception cref="InvalidOperationException">The child was started with another output.</exception>
    public Stream StandardOutput => OutputStream ?? throw new InvalidOperationException("The standard output is not a stream.");

    /// <summary>The pipe from the child, for <see cref="ChildOutput.Stream"/>.</summary>
    /// <exception cref="InvalidOperationException">The child was started with another output.</exception>
    public Stream StandardError => ErrorStream ?? throw new InvalidOperationException("The standard error is not a stream.");

    private protected Stream? InputStream { get; init; }

    private protected Stream? OutputStream { get; init; }

    private protected Stream? ErrorStream { get; init; }

    private protected CaptureBuffer? OutputCapture { get; init; }

    private protected CaptureBuffer? ErrorCapture { get; init; }

    /// <summary>Whether anything of the child's group still exists; of the child alone where it has no group.</summary>
    private protected abstract bool GroupExists { get; }

    /// <summary>Starts a child.</summary>
    /// <param name="options">What to start, and how.</param>
    /// <param name="process">The child. Dispose of it: a child that still runs then is killed, with its group.</param>
    /// <param name="failure">Why there is none: not found, not permitted, no such directory, no such output file, too many files.</param>
    /// <returns>Whether the child was started.</returns>
    public static bool TryStart(
        ProcessStartOptions options,
        [NotNullWhen(true)] out ChildProcess? process,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OperatingSystem.IsLinux()
            ? LinuxChildProcess.TryStart(options, out process, out failure)
            : PortableChildProcess.TryStart(options, out process, out failure);
    }

    /// <summary>
    /// Whether the child has ended, or was killed and has only not died yet. It is asked of the system, which knows before
    /// <see cref="Exited"/> does.
    /// </summary>
    public virtual bool HasEnded => Exited.IsCompleted;

    /// <summary>Waits until the child ends; cancelling ends the waiting, not the child.</summary>
    public Task<ProcessExitStatus> WaitForExitAsync(CancellationToken cancellationToken = default) => Exited.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until the child ends, then for the end of its captured outputs, at most <see cref="DrainGrace"/>. All that the child itself
    /// wrote is there; what it left behind may hold its outputs open for ever, so their end is not waited for any longer.
    /// </summary>
    /// <param name="time">Measures the grace.</param>
    /// <param name="cancellationToken">Ends the waiting, not the child.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ProcessOutput> ReadOutputAsync(TimeProvider time, CancellationToken cancellationToken = default)
    {
        var status = await WaitForExitAsync(cancellationToken);
        var ended = Task.WhenAll(OutputCapture?.Ended ?? Task.CompletedTask, ErrorCapture?.Ended ?? Task.CompletedTask);
        if (!ended.IsCompleted)
        {
            using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(ended, Task.Delay(DrainGrace, time, grace.Token));
            await grace.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new ProcessOutput(status, OutputCapture?.Take() ?? CapturedOutput.None, ErrorCapture?.Take() ?? CapturedOutput.None);
    }

    /// <summary>
    /// Sends a signal to the child alone. Elsewhere than on Linux, <see cref="PosixSignalNumber.Kill"/> and
    /// <see cref="PosixSignalNumber.Terminate"/> both kill, and there is no other.
    /// </summary>
    /// <returns>False when the child has ended, or the signal cannot be sent.</returns>
    public abstract bool Signal(PosixSignalNumber signal);

    /// <summary>
    /// Sends a signal to the child's group: the child, if it still runs, and all that it started and that did not leave for a group of its
    /// own. Elsewhere than on Linux, the child and its descendants are killed.
    /// </summary>
    /// <returns>False when the group is empty, or the signal cannot be sent.</returns>
    public abstract bool SignalGroup(PosixSignalNumber signal);

    /// <summary>
    /// Ends the child's group: asks with SIGTERM (and SIGCONT, so that a stopped process hears it), then kills what is left after
    /// <paramref name="grace"/>. A process that left for a session of its own is not touched.
    /// </summary>
    /// <param name="grace">How long the group may take to end by itself.</param>
    /// <param name="time">Measures the grace.</param>
    /// <returns>How the child ended.</returns>
    public async Task<ProcessExitStatus> TerminateGroupAsync(TimeSpan grace, TimeProvider time)
    {
        using var done = new CancellationTokenSource();
        if (SignalGroup(PosixSignalNumber.Terminate) && SignalGroup(PosixSignalNumber.Continue))
        {
            var patience = Task.Delay(grace, time, done.Token);
            await Task.WhenAny(Exited, patience);
            while (GroupExists && !patience.IsCompleted)
            {
                await Task.WhenAny(patience, Task.Delay(TimeSpan.FromMilliseconds(5), time, done.Token));
            }
        }

        await done.CancelAsync();
        SignalGroup(PosixSignalNumber.Kill);
        return await Exited;
    }

    /// <summary>
    /// Lets go of the child: its streams are closed. A child that still runs is killed, with its group; what a child that has ended left
    /// behind is not touched.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            SignalGroup(PosixSignalNumber.Kill);
            await Task.WhenAny(Exited);
        }

        foreach (var stream in (ReadOnlySpan<Stream?>)[InputStream, OutputStream, ErrorStream])
        {
            stream?.Dispose();
        }

        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what belongs to the system.</summary>
    private protected abstract void Release();
}
