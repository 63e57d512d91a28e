using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>Who we are to the system.</summary>
internal static class ProcessOwner
{
    /// <summary>The user that our files belong to: the last of the four in <c>/proc/self/status</c>; null where that is not known.</summary>
    public static uint? Current() =>
        ProcessTable.StatusLine(Environment.ProcessId, "Uid")?.Split('\t') is [_, _, _, var user]
            && uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
