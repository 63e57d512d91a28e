using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>
/// A hold on a process that need not be our child: signals through it reach this very process or nobody, even when its id is used again.
/// Linux only.
/// </summary>
public sealed class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly CancellationTokenSource closed = new();
    private readonly Lazy<Task> exited;

    private ProcessHandle(ProcessIdentity identity, SafeFileHandle file)
    {
        Identity = identity;
        this.file = file;
        exited = new Lazy<Task>(() => EventLoop.Shared.WhenReadyAsync(file, EventLoop.Readable, closed.Token));
    }

    /// <summary>The process that is held.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>Takes hold of the process that has this id now.</summary>
    /// <param name="id">The process id.</param>
    /// <param name="handle">The hold.</param>
    /// <param name="failure">Why there is none: no such process, or not on Linux.</param>
    public static bool TryOpen(
        int id, [NotNullWhen(true)] out ProcessHandle? handle, [NotNullWhen(false)] out ProcessStartFailure? failure) =>
        TryOpen(id, startTime: null, out handle, out failure);

    /// <summary>Takes hold of a process that was named earlier.</summary>
    /// <param name="identity">The process.</param>
    /// <param name="handle">The hold.</param>
    /// <param name="failure"> Why there is none: it has ended or its id belongs to another process by now
    /// (<see cref="ProcessStartFailure.IsGone"/>), the system cannot say for want of open files or memory, or not on Linux.
    /// </param>
    public static bool TryOpen(
        ProcessIdentity identity,
        [NotNullWhen(true)] out ProcessHandle? handle,
        [NotNullWhen(false)] out ProcessStartFailure? failure) =>
        TryOpen(identity.Id, identity.StartTime, out handle, out failure);

    /// <summary>Sends a signal.</summary>
    /// <returns>False when the process has ended, or is not ours to signal.</returns>
    public bool Signal(PosixSignalNumber signal) => PidFile.Signal(file, signal);

    /// <summary>Sends a signal, and says why not.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="failure">Why it was not sent: <see cref="ProcessStartFailure.IsGone"/>, or not ours to signal.</param>
    public bool TrySignal(PosixSignalNumber signal, [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        failure = Signal(signal) ? null : SystemError.Last($"cannot signal process {Identity.Id}");
        return failure is null;
    }

    /// <summary>Ends when the process ends, reaped or not. Its exit status is its parent's alone to know.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, or the hold was let go.</exception>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => exited.Value.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        closed.Cancel();
        file.Dispose();
    }

    private static bool TryOpen(
        int id,
        long? startTime,
        [NotNullWhen(true)] out ProcessHandle? handle,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        handle = null;
        if (!OperatingSystem.IsLinux())
        {
            failure = new ProcessStartFailure(0, $"cannot hold process {id}: only Linux can do that");
            return false;
        }

        if (id <= 0)
        {
            failure = SystemError.Of(LibC.ErrorNoProcess, $"cannot hold process {id}");
            return false;
        }

        if (!PidFile.TryOpen(id, out var file, out failure))
        {
            return false;
        }

        // Read after the file was opened: while the same process is there, both speak of it.
        ProcessStatus? status;
        try
        {
            status = ProcessTable.Find(id);
        }
        catch (IOException unreadable)
        {
            file.Dispose();
            failure = new ProcessStartFailure(unreadable.HResult, unreadable.Message);
            return false;
        }

        if (status is null || (startTime is { } expected && status.StartTime != expected))
        {
            file.Dispose();
            failure = SystemError.Of(LibC.ErrorNoProcess, $"process {id} is not the one that was meant");
            return false;
        }

        handle = new ProcessHandle(status.Identity, file);
        return true;
    }
}
