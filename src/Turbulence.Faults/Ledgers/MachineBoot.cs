namespace Turbulence.Faults.Ledgers;

/// <summary>This start of the machine: process ids and start times are only good within it.</summary>
internal static class MachineBoot
{
    /// <summary>Another text after each start (proc(5), <c>random/boot_id</c>); empty where the system does not say.</summary>
    public static string Id { get; } = Read();

    private static string Read()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
