using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>What becomes a child's three standard files, and our ends of those that are pipes.</summary>
internal sealed unsafe class StandardFiles : IDisposable
{
    private const int DuplicateCloseOnExec = 1030;
    private const int SetStatusFlags = 4;

    private readonly SafeFileHandle?[] theirs = new SafeFileHandle?[3];
    private readonly SafeFileHandle?[] ours = new SafeFileHandle?[3];

    private StandardFiles()
    {
    }

    /// <summary>The child's descriptors, -1 for one that is inherited.</summary>
    public int[] Numbers => Array.ConvertAll(theirs, file => (int)(file?.DangerousGetHandle() ?? -1));

    public static bool TryOpen(
        ProcessStartOptions options,
        [NotNullWhen(true)] out StandardFiles? files,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        var opened = new StandardFiles();
        failure = opened.OpenInput(options.StandardInput)
            ?? opened.OpenOutput(1, options.StandardOutput)
            ?? opened.OpenOutput(2, options.StandardError);
        if (failure is not null)
        {
            opened.Dispose();
            opened = null;
        }

        files = opened;
        return failure is null;
    }

    /// <summary>Hands our end over; from then on it belongs to the caller.</summary>
    public SafeFileHandle Take(int index)
    {
        var file = ours[index] ?? throw new InvalidOperationException("The file is not a pipe.");
        ours[index] = null;
        return file;
    }

    public void Dispose()
    {
        foreach (var file in (ReadOnlySpan<SafeFileHandle?>)[.. theirs, .. ours])
        {
            file?.Dispose();
        }
    }

    private ProcessStartFailure? OpenInput(ChildInput input) => input.Kind switch
    {
        ChildInputKind.Null => OpenFile(0, "/dev/null", LibC.OpenReadOnly),
        ChildInputKind.Stream => OpenPipe(0),
        ChildInputKind.Bytes => OpenContent(input.Content.Span),
        _ => null,
    };

    private ProcessStartFailure? OpenOutput(int index, ChildOutput output) => output.Kind switch
    {
        ChildOutputKind.Null => OpenFile(index, "/dev/null", LibC.OpenWriteOnly),
        ChildOutputKind.File => OpenFile(
            index, output.Path, LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenAppend | (output.FollowLink ? 0 : LibC.OpenNoLink)),
        ChildOutputKind.Stream or ChildOutputKind.Capture => OpenPipe(index),
        _ => null,
    };

    private ProcessStartFailure? OpenFile(int index, string path, int flags)
    {
        var file = LibC.Open(path, flags | LibC.OpenCloseOnExec, 0b110_100_100);
        return Keep(theirs, index, file, $"cannot open {path}");
    }

    private ProcessStartFailure? OpenPipe(int index)
    {
        const string What = "cannot make a pipe";
        var ends = stackalloc int[2];
        if (LibC.Pipe(ends, LibC.OpenCloseOnExec) != 0)
        {
            return SystemError.Last(What);
        }

        var reading = new SafeFileHandle(ends[0], ownsHandle: true);
        var writing = new SafeFileHandle(ends[1], ownsHandle: true);
        var failure = Keep(theirs, index, index == 0 ? reading : writing, What) ?? Keep(ours, index, index == 0 ? writing : reading, What);
        if (failure is null)
        {
            // Ours alone: the child's end is another open file, and programs expect it to block.
            _ = LibC.FileControl(ours[index]!, SetStatusFlags, LibC.OpenNonBlocking);
        }

        return failure;
    }

    /// <summary>A file in memory instead of a pipe: nobody has to feed it, and a child that does not read breaks nothing.</summary>
    private ProcessStartFailure? OpenContent(ReadOnlySpan<byte> content)
    {
        const string What = "cannot keep the standard input in memory";
        if (Keep(theirs, 0, LibC.CreateMemoryFile("stdin", 1), What) is { } failure)
        {
            return failure;
        }

        while (!content.IsEmpty)
        {
            fixed (byte* start = content)
            {
                var count = LibC.Write(theirs[0]!, start, content.Length);
                if (count < 0)
                {
                    return SystemError.Last(What);
                }

                content = content[(int)count..];
            }
        }

        return LibC.Seek(theirs[0]!, 0, 0) == 0 ? null : SystemError.Last(What);
    }

    private static ProcessStartFailure? Keep(SafeFileHandle?[] files, int index, SafeFileHandle file, string what)
    {
        if (!file.IsInvalid && file.DangerousGetHandle() <= 2)
        {
            // We were started with a standard file closed. A descriptor in its place would be in the way when the child's are put there.
            using var low = file;
            file = new SafeFileHandle(LibC.FileControl(low, DuplicateCloseOnExec, 3), ownsHandle: true);
        }

        files[index] = file;
        return file.IsInvalid ? SystemError.Last(what) : null;
    }
}
