using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Targets;

/// <summary>The right to do something to a process: everybody has it over his own.</summary>
internal static class ProcessNeed
{
    /// <summary>What a kind declares for which that is all.</summary>
    public static MachineNeed Need { get; } = Of("root for another user's process");

    /// <summary>The same in other words.</summary>
    public static MachineNeed Of(string text) => new(text, static _ => ValueTask.FromResult(NeedSight.There(Reach)));

    /// <summary>Whose processes can be hit.</summary>
    public static string Reach => Environment.IsPrivilegedProcess
        ? "processes of every user"
        : $"processes of {ProcessOwner.Text(ProcessOwner.Current())}; root hits those of others";
}
