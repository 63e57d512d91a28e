using System.Globalization;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.PacketFilters;

/// <summary>
/// A network of its own within the machine (<c>network_namespaces</c>(7)), by its inode. Containers have one each, and with its last process it is gone, its packet filter
/// included.
/// </summary>
/// <param name="Name">What the system calls it: <c>net:[4026531840]</c>.</param>
internal sealed record NetworkNamespace(string Name)
{
    private const string NamedOnes = "/run/netns";

    /// <summary>The one that this process is in.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static NetworkNamespace Own => Of("self") ?? throw new IOException("/proc does not say which network namespace this is");

    /// <summary>A process that is in it, as far as we may see; null for none.</summary>
    public int? AnyProcess() => ProcessTable.List().Where(process => Of(process.Id.ToString(CultureInfo.InvariantCulture)) == this).Select(process => (int?)process.Id).FirstOrDefault();

    /// <summary>Whether something keeps it: a process, or a name that <c>ip netns</c> gave it.</summary>
    public bool Exists() => AnyProcess() is not null
        || (Directory.Exists(NamedOnes) && Directory.EnumerateFileSystemEntries(NamedOnes).Any(file => FileStatus.Read(file) is { } status && Name == Called(status.Node)));

    private static NetworkNamespace? Of(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/net").LinkTarget is { } name ? new NetworkNamespace(name) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Called(ulong node) => string.Create(CultureInfo.InvariantCulture, $"net:[{node}]");
}
