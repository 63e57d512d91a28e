using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Platform.Processes.Portable;

/// <summary>
/// A child as <see cref="Process"/> makes it, for systems other than Linux. It has no session of its own, and what
/// <see cref="ChildOutput.Inherit"/> and <see cref="ChildInput.Inherit"/> mean holds only when nothing is redirected.
/// </summary>
internal sealed class PortableChildProcess : ChildProcess
{
    private readonly TaskCompletionSource<ProcessExitStatus> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private PortableChildProcess(ProcessStartOptions options, Process process)
    {
        this.process = process;
        Identity = new ProcessIdentity(process.Id, 0);
        InputStream = options.StandardInput.Kind == ChildInputKind.Stream ? process.StandardInput.BaseStream : null;
        OutputStream = options.StandardOutput.Kind == ChildOutputKind.Stream ? process.StandardOutput.BaseStream : null;
        ErrorStream = options.StandardError.Kind == ChildOutputKind.Stream ? process.StandardError.BaseStream : null;
        OutputCapture = options.StandardOutput.Kind == ChildOutputKind.Capture ? new CaptureBuffer(options.StandardOutput.Limit) : null;
        ErrorCapture = options.StandardError.Kind == ChildOutputKind.Capture ? new CaptureBuffer(options.StandardError.Limit) : null;
        _ = WatchAsync(Task.WhenAll(
            FeedAsync(options.StandardInput),
            EmptyAsync(options.StandardOutput, OutputCapture, () => process.StandardOutput),
            EmptyAsync(options.StandardError, ErrorCapture, () => process.StandardError)));
    }

    public override ProcessIdentity Identity { get; }

    public override Task<ProcessExitStatus> Exited => exited.Task;

    private protected override bool GroupExists => !process.HasExited;

    internal static new bool TryStart(
        ProcessStartOptions options,
        [NotNullWhen(true)] out ChildProcess? process,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        var start = new ProcessStartInfo(options.FileName, options.Arguments)
        {
            WorkingDirectory = options.WorkingDirectory ?? "",
            RedirectStandardInput = options.StandardInput.Kind != ChildInputKind.Inherit,
            RedirectStandardOutput = options.StandardOutput.Kind != ChildOutputKind.Inherit,
            RedirectStandardError = options.StandardError.Kind != ChildOutputKind.Inherit,
        };
        if (options.Environment is { } environment)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            process = new PortableChildProcess(options, Process.Start(start)!);
            failure = null;
            return true;
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            process = null;
            failure = new ProcessStartFailure(
                (error as Win32Exception)?.NativeErrorCode ?? 0, $"cannot start {options.FileName}: {error.Message}");
            return false;
        }
    }

    public override bool Signal(PosixSignalNumber signal) => Kill(signal, wholeTree: false);

    public override bool SignalGroup(PosixSignalNumber signal) => Kill(signal, wholeTree: true);

    private protected override void Release() => process.Dispose();

    private bool Kill(PosixSignalNumber signal, bool wholeTree)
    {
        if (process.HasExited || signal is not (PosixSignalNumber.Kill or PosixSignalNumber.Terminate))
        {
            return false;
        }

        process.Kill(wholeTree);
        return true;
    }

    /// <summary>What we carry from pipe to file or buffer belongs to the child's life, unless somebody else holds the pipe open.</summary>
    private async Task WatchAsync(Task carried)
    {
        await process.WaitForExitAsync();
        var status = new ProcessExitStatus(process.ExitCode);
        await Task.WhenAny(carried, Task.Delay(DrainGrace, TimeProvider.System));
        exited.TrySetResult(status);
    }

    private async Task FeedAsync(ChildInput input)
    {
        if (input.Kind is not (ChildInputKind.Bytes or ChildInputKind.Null))
        {
            return;
        }

        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(input.Content);
        }
        catch (IOException)
        {
            // The child does not have to read it.
        }
    }

    private static async Task EmptyAsync(ChildOutput output, CaptureBuffer? capture, Func<StreamReader> reader)
    {
        if (output.Kind is ChildOutputKind.Inherit or ChildOutputKind.Stream)
        {
            return;
        }

        try
        {
            await using var file = output.Kind == ChildOutputKind.File
                ? new FileStream(output.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)
                : Stream.Null;
            await using var stream = reader().BaseStream;
            var chunk = new byte[16 * 1024];
            while (await stream.ReadAsync(chunk) is var count and > 0)
            {
                capture?.Append(chunk.AsSpan(0, count));
                await file.WriteAsync(chunk.AsMemory(0, count));
                await file.FlushAsync();
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The pipe broke, or the child was let go of: what came is what there is.
        }

        capture?.End();
    }
}
