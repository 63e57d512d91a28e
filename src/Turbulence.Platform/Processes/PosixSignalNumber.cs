namespace Turbulence.Platform.Processes;

/// <summary>
/// The signals that are sent to processes, by their Linux numbers (signal(7), x86 and Arm). Any other number may be cast.
/// </summary>
public enum PosixSignalNumber
{
    /// <summary>No signal: asks whether one could be sent.</summary>
    None = 0,

    /// <summary>SIGHUP.</summary>
    Hangup = 1,

    /// <summary>SIGINT, what Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT.</summary>
    Quit = 3,

    /// <summary>SIGABRT.</summary>
    Abort = 6,

    /// <summary>SIGKILL, which no process can refuse.</summary>
    Kill = 9,

    /// <summary>SIGUSR1.</summary>
    User1 = 10,

    /// <summary>SIGSEGV.</summary>
    SegmentationFault = 11,

    /// <summary>SIGUSR2.</summary>
    User2 = 12,

    /// <summary>SIGPIPE, what a writer gets when nobody reads.</summary>
    Pipe = 13,

    /// <summary>SIGTERM, the polite request to end.</summary>
    Terminate = 15,

    /// <summary>SIGCHLD.</summary>
    Child = 17,

    /// <summary>SIGCONT: go on after a stop.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: stop until SIGCONT; cannot be refused.</summary>
    Stop = 19,
}
