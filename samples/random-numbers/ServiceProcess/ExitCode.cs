namespace RandomNumbers.ServiceProcess;

/// <summary>How a service's process ends.</summary>
public static class ExitCode
{
    /// <summary>Stopped as asked, or, with <c>--daemon</c>, started.</summary>
    public const int Success = 0;

    /// <summary>The service could not start; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>Wrong arguments (<c>EX_USAGE</c> of sysexits.h).</summary>
    public const int Usage = 64;
}
