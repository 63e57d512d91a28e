using System.Text;

namespace Turbulence.Platform.Processes;

/// <summary>This machine and this start of it: process ids and start times are only good within them.</summary>
public static class Machine
{
    private const string Purpose = "turbulence";

    /// <summary>
    /// Names this machine beyond its starts, and no other: 32 hexadecimal digits. They are made of the machine id (machine-id(5), which
    /// asks not to show it as it is), or of the host's name where there is none. A container that has the id of its host's image is not
    /// told from another one of that image.
    /// </summary>
    public static string Id { get; } = Hashed(Read("/etc/machine-id") ?? Read("/var/lib/dbus/machine-id") ?? Environment.MachineName);

    /// <summary>Another text after each start (proc(5), <c>random/boot_id</c>); empty where the system does not say.</summary>
    public static string Boot { get; } = Read("/proc/sys/kernel/random/boot_id") ?? "";

    private static string Hashed(string id) =>
        Convert.ToHexStringLower(KeyedHash.Of(Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes(Purpose)).AsSpan(0, 16));

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
