using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Workers;

/// <summary>How a worker ended, in words.</summary>
/// <param name="How">What happened to it: <c>was killed by SIGKILL</c>.</param>
/// <param name="LastWords">Its last lines on the standard error, oldest first.</param>
/// <param name="MostRead">Where in its input it can have been at most.</param>
internal sealed record WorkerEnd(string How, IReadOnlyList<string> LastWords, long MostRead)
{
    /// <summary>
    /// The end of a sentence: what it said last, if anything. Of a stack trace that is the line that says what went wrong.
    /// </summary>
    public string Said =>
        LastWords.LastOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0])) is { } line
            ? $"; it last said: {line.TrimEnd()}"
            : "";

    /// <summary>In words, how a process ended that nobody here ended.</summary>
    public static string Of(ProcessExitStatus status) =>
        status.Signal is { } signal ? $"was killed by {Name(signal)}" : $"ended with exit code {status.ExitCode}";

    private static string Name(PosixSignalNumber signal) => signal switch
    {
        PosixSignalNumber.Hangup => "SIGHUP",
        PosixSignalNumber.Interrupt => "SIGINT",
        PosixSignalNumber.Quit => "SIGQUIT",
        PosixSignalNumber.Abort => "SIGABRT",
        PosixSignalNumber.Kill => "SIGKILL",
        PosixSignalNumber.SegmentationFault => "SIGSEGV",
        PosixSignalNumber.Pipe => "SIGPIPE",
        PosixSignalNumber.Terminate => "SIGTERM",
        _ => $"signal {(int)signal}",
    };
}
