using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// A child made by <see cref="PosixSpawn"/>, watched through a pidfd and reaped on the event loop, or on the thread that attends to it.
/// </summary>
internal sealed unsafe class LinuxChildProcess : ChildProcess
{
    private const int DoNotWait = 1;

    private static readonly string[] PendingSets = ["SigPnd", "ShdPnd"];

    private readonly TaskCompletionSource<ProcessExitStatus> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock reaping = new();
    private readonly List<CapturePipe> captures = [];
    private readonly SafeFileHandle pidFile;
    private readonly bool leadsGroup;
    private long key;
    private bool reaped;

    private LinuxChildProcess(ProcessStartOptions options, StandardFiles files, ProcessIdentity identity, SafeFileHandle pidFile)
    {
        Identity = identity;
        this.pidFile = pidFile;
        leadsGroup = options.OwnSession;
        InputStream = options.StandardInput.Kind == ChildInputKind.Stream ? new PipeStream(files.Take(0), writable: true) : null;
        OutputStream = StreamOf(options.StandardOutput, files, 1);
        ErrorStream = StreamOf(options.StandardError, files, 2);
        OutputCapture = CaptureOf(options.StandardOutput, files, 1);
        ErrorCapture = CaptureOf(options.StandardError, files, 2);
    }

    public override ProcessIdentity Identity { get; }

    public override Task<ProcessExitStatus> Exited => exited.Task;

    public override bool HasEnded => Exited.IsCompleted || FilePoll.Wait(pidFile, EventLoop.Readable, TimeSpan.Zero) || IsBeingKilled;

    // SIGKILL stands in the sets of pending signals, bit 8, until the process gets to run, and so to die; then a flag says so, until it is
    // gone. It may get to run between two looks, hence the flag is looked at again.
    private bool IsBeingKilled => IsDying || IsKillPending || IsDying;

    private bool IsDying => ProcessTable.Find(Id) is null or { IsEndedBySignal: true };

    private bool IsKillPending => Array.Exists(
        PendingSets,
        name => ulong.TryParse(ProcessTable.StatusLine(Id, name), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var pending)
            && (pending & (1UL << ((int)PosixSignalNumber.Kill - 1))) != 0);

    private protected override bool GroupExists => SignalGroup(PosixSignalNumber.None);

    internal static new bool TryStart(
        ProcessStartOptions options,
        [NotNullWhen(true)] out ChildProcess? process,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        process = null;
        failure = SpawnProblem.Before(options) ?? MakeReady();
        if (failure is not null || !StandardFiles.TryOpen(options, out var files, out failure))
        {
            return false;
        }

        using (files)
        {
            if (PosixSpawn.Start(options, files.Numbers, out var id) is var error and not 0)
            {
                failure = SpawnProblem.After(options, error);
                return false;
            }

            if (!PidFile.TryOpen(id, out var pidFile, out failure))
            {
                Discard(id, options.OwnSession);
                return false;
            }

            // What has ended by then needs nobody to be told from others, or to be watched.
            var hasEnded = options.Attendance > TimeSpan.Zero && FilePoll.Wait(pidFile, EventLoop.Readable, options.Attendance);

            // Still ours to wait for, hence in /proc even if it has ended.
            var start = 0L;
            if (!hasEnded && !TryFindStart(id, out start, out failure))
            {
                pidFile.Dispose();
                Discard(id, options.OwnSession);
                return false;
            }

            var child = new LinuxChildProcess(options, files, new ProcessIdentity(id, start), pidFile);
            if (hasEnded)
            {
                child.Reap();
            }

            if (!child.Watch())
            {
                failure = SystemError.Last($"cannot watch process {id}");
                child.pidFile.Dispose();
                Discard(id, options.OwnSession);
                return false;
            }

            process = child;
            return true;
        }
    }

    public override bool Signal(PosixSignalNumber signal) => PidFile.Signal(pidFile, signal);

    public override bool SignalGroup(PosixSignalNumber signal)
    {
        if (!leadsGroup)
        {
            return Signal(signal);
        }

        if (PidFile.SignalGroup(pidFile, signal))
        {
            return true;
        }

        if (Marshal.GetLastPInvokeError() != LibC.ErrorInvalid)
        {
            return false;
        }

        // Before Linux 6.9 only the group's number names it. It stays taken while the child waits to be reaped, and then as long as the
        // group has members; a process that has it by now got it anew, and its group is not ours.
        lock (reaping)
        {
            return (!reaped || IsGone(Id)) && LibC.Kill(-Id, (int)signal) == 0;
        }
    }

    private protected override void Release() => pidFile.Dispose();

    private static PipeStream? StreamOf(ChildOutput output, StandardFiles files, int index) =>
        output.Kind == ChildOutputKind.Stream ? new PipeStream(files.Take(index), writable: false) : null;

    private CaptureBuffer? CaptureOf(ChildOutput output, StandardFiles files, int index)
    {
        if (output.Kind != ChildOutputKind.Capture)
        {
            return null;
        }

        var buffer = new CaptureBuffer(output.Limit);
        captures.Add(new CapturePipe(files.Take(index), buffer));
        return buffer;
    }

    /// <summary>Nothing is started that could not be waited for.</summary>
    private static ProcessStartFailure? MakeReady()
    {
        ChildSignal.StopIgnoring();
        try
        {
            _ = EventLoop.Shared;
            return null;
        }
        catch (IOException failure)
        {
            return new ProcessStartFailure(0, failure.Message);
        }
    }

    private static bool TryFindStart(int id, out long start, [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        try
        {
            start = ProcessTable.Find(id)?.StartTime ?? 0;
            failure = null;
            return true;
        }
        catch (IOException unreadable)
        {
            start = 0;
            failure = new ProcessStartFailure(unreadable.HResult, unreadable.Message);
            return false;
        }
    }

    private static bool IsGone(int id)
    {
        try
        {
            return ProcessTable.Find(id) is null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A child that cannot be watched must not run on unseen.</summary>
    private static void Discard(int id, bool leadsGroup)
    {
        _ = LibC.Kill(leadsGroup ? -id : id, (int)PosixSignalNumber.Kill);
        int status;
        _ = LibC.WaitProcess(id, &status, 0);
    }

    private bool Watch()
    {
        var watched = captures.TrueForAll(static capture => capture.HasEnded || capture.Watch());
        lock (reaping)
        {
            if (!reaped)
            {
                key = watched ? EventLoop.Shared.Watch(pidFile, EventLoop.Readable, Reap) : 0;
            }

            // Of a child that has ended only what it left behind is watched, as well as that can be done.
            return reaped || key != 0;
        }
    }

    private void Reap()
    {
        int status;
        int result;
        lock (reaping)
        {
            result = LibC.WaitProcess(Id, &status, DoNotWait);
            if (result == 0)
            {
                return;
            }

            reaped = true;
            if (key != 0)
            {
                EventLoop.Shared.Stop(key, pidFile);
            }
        }

        foreach (var capture in captures)
        {
            capture.ReadAll();
        }

        if (result == Id)
        {
            exited.TrySetResult(ProcessExitStatus.FromWaitStatus(status));
        }
        else
        {
            exited.TrySetException(
                new InvalidOperationException($"The exit status of process {Id} was taken by other code of this process."));
        }
    }
}
