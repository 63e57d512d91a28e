namespace Turbulence.Faults.Stress;

/// <summary>The memory that can be had: the machine's, or that of our control group (cgroup v2) where it has less.</summary>
internal static class MachineMemory
{
    private const long LeastFloor = 256L << 20;
    private const long FloorPart = 20;

    /// <summary>What programs can still take without anything being pushed out, in bytes; 0 where that is not known.</summary>
    public static long Available()
    {
        var machine = (ProcText.Number(ProcText.Read("/proc/meminfo"), "MemAvailable") ?? 0) << 10;
        return Limits() is { } group ? Math.Min(machine, Math.Max(0, group.Limit - group.Used)) : machine;
    }

    /// <summary>What always stays available: a twentieth of the memory, and at least 256 MiB.</summary>
    public static long Floor()
    {
        var machine = (ProcText.Number(ProcText.Read("/proc/meminfo"), "MemTotal") ?? 0) << 10;
        return Math.Max(LeastFloor, (Limits() is { } group ? Math.Min(machine, group.Limit) : machine) / FloorPart);
    }

    private static (long Limit, long Used)? Limits()
    {
        var own = ProcText.Read("/proc/self/cgroup")?.Split('\n').FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal));
        var folder = own is null ? null : "/sys/fs/cgroup" + own["0::".Length..].TrimEnd('/');
        return ProcText.Number(ProcText.Read($"{folder}/memory.max"), "") is { } limit
            && ProcText.Number(ProcText.Read($"{folder}/memory.current"), "") is { } used
            ? (limit, used)
            : null;
    }
}
