namespace Turbulence.Interruptions;

/// <summary>What asked a run to stop.</summary>
public enum InterruptionCause
{
    /// <summary>Ctrl-C, or SIGINT.</summary>
    Keyboard,

    /// <summary>SIGTERM, SIGHUP or SIGQUIT.</summary>
    Termination,

    /// <summary>SIGUSR1 or SIGUSR2: the exit signals of the reference format.</summary>
    ExitSignal,

    /// <summary>A control, a safeguard or a time limit of the experiment.</summary>
    Experiment,
}
