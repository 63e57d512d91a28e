using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Network;

/// <summary>
/// Wakes the process with the proxies of a run up where somebody stopped it: it answers nothing, so that nobody could take a fault out of
/// it, and its connections hang. Others' proxies are left as they are.
/// </summary>
internal static class StoppedProxies
{
    private const char Stopped = 'T';

    /// <summary>Lets it go on.</summary>
    /// <param name="process">The process; null where it is not known.</param>
    public static void Wake(ProcessIdentity? process)
    {
        try
        {
            if (process is { } identity
                && ProcessTable.Find(identity.Id) is { State: Stopped } status && status.StartTime == identity.StartTime
                && ProcessTable.Environment(identity.Id)?.ContainsKey(RunEnvironment.MarkVariable) is true
                && ProcessHandle.TryOpen(identity, out var handle, out _))
            {
                using (handle)
                {
                    handle.Signal(PosixSignalNumber.Continue);
                }
            }
        }
        catch (IOException)
        {
            // The system does not say. Then it is asked as it is.
        }
    }
}
