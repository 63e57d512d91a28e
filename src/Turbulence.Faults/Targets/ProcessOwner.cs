using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>Who processes belong to.</summary>
internal static class ProcessOwner
{
    /// <summary>The user that our files belong to; null where that is not known.</summary>
    public static uint? Current() => Of(Environment.ProcessId);

    /// <summary>
    /// The user of a process for the file system: the last of the four in <c>/proc/PID/status</c>; null where that is not known.
    /// </summary>
    public static uint? Of(int process) =>
        ProcessTable.StatusLine(process, "Uid")?.Split('\t') is [_, _, _, var user]
            && uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>
    /// Whom we run as, where that was not enough: <c>we run as user 1000</c>. A root that may not do everything has lost a capability.
    /// </summary>
    public static string OurRefusal => Current() is 0 ? "we run as root without the capabilities for it" : $"we run as {Text(Current())}";

    /// <summary><c>root</c>, <c>user 1000</c>, <c>another user</c>.</summary>
    public static string Text(uint? user) => user switch
    {
        null => "another user",
        0 => "root",
        { } id => string.Create(CultureInfo.InvariantCulture, $"user {id}"),
    };
}
