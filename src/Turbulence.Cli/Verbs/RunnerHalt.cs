using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Asks the runner of another process to stop, by SIGTERM, and only once: to it each signal more is a person who insists, and the third
/// leaves rollbacks out. Who presses a button again, in another tab or in another watch of the same run, does not mean that.
/// </summary>
/// <param name="runner">The runner's process.</param>
/// <param name="isHalting">Whether its run was asked to stop, by whomever.</param>
internal sealed class RunnerHalt(ProcessIdentity runner, Func<bool> isHalting)
{
    private readonly Lock gate = new();
    private bool isAsked;

    /// <summary>Asks.</summary>
    /// <returns>Whether the run is being stopped.</returns>
    public bool Ask()
    {
        lock (gate)
        {
            // The process is held first, so that it is the run's and no other that has got its number since.
            if (!ProcessHandle.TryOpen(runner, out var process, out _))
            {
                return false;
            }

            using (process)
            {
                if (!isAsked && !isHalting())
                {
                    process.Signal(PosixSignalNumber.Terminate);
                    isAsked = true;
                }

                return true;
            }
        }
    }
}
