using System.Runtime.InteropServices;

namespace RandomNumbers.ServiceProcess;

/// <summary>What a daemon needs and .NET 10 does not offer (.NET 11: <c>ProcessStartInfo.StartDetached</c>).</summary>
internal static partial class LibC
{
    /// <summary>Leaves the caller's session, and with it its terminal and process group: setsid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int SetSession();

    /// <summary>Makes <paramref name="to"/> mean what <paramref name="from"/> means: dup2(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);

    /// <summary>Changes a descriptor's flags: fcntl(2).</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);
}
