namespace Turbulence.Platform.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">The code it exited with, 0 to 255; 128 plus the signal's number when a signal ended it, as shells report
/// it.</param>
/// <param name="Signal">The signal that ended it; null when it exited by itself.</param>
public readonly record struct ProcessExitStatus(int ExitCode, PosixSignalNumber? Signal = null)
{
    /// <summary>The exit code, or minus the signal's number: the convention of Python's <c>subprocess</c>.</summary>
    public int ReturnCode => Signal is { } signal ? -(int)signal : ExitCode;

    /// <summary>It exited by itself with code 0.</summary>
    public bool IsSuccess => Signal is null && ExitCode == 0;

    /// <inheritdoc/>
    public override string ToString() => Signal is not { } signal ? $"exit code {ExitCode}"
        : Enum.IsDefined(signal) ? $"ended by signal {(int)signal} ({signal})" : $"ended by signal {(int)signal}";

    /// <summary>
    /// The same as the end of a sentence about the process: <c>ended with exit code 7</c>, <c>was ended by signal 6 (ABRT)</c>.
    /// </summary>
    public string AsVerb() => Signal is null ? $"ended with {this}" : $"was {this}";

    /// <summary>What <see cref="ReturnCode"/> was made of: a negative number is a signal's.</summary>
    /// <param name="code">The exit code, or minus the signal's number.</param>
    public static ProcessExitStatus FromReturnCode(int code) => code < 0 ? new(128 - code, (PosixSignalNumber)(-code)) : new(code);

    /// <summary>Reads the status word that <c>waitpid</c>(2) stores.</summary>
    internal static ProcessExitStatus FromWaitStatus(int status) => (status & 0x7f) is var signal and not 0
        ? new ProcessExitStatus(128 + signal, (PosixSignalNumber)signal)
        : new ProcessExitStatus((status >> 8) & 0xff);
}
