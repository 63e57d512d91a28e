using Turbulence.Faults.Arguments;

namespace Turbulence.Cli.Wizard.Faults;

/// <summary>What every fault takes beside the arguments of its kind.</summary>
internal static class Arguments
{
    /// <summary>How long it stays.</summary>
    public static FaultArgument Seconds { get; } = new("duration", ArgumentType.Seconds, "how many seconds it stays")
    {
        Least = 0,
        IsLeastExcluded = true,
        Most = 3600,
    };
}
