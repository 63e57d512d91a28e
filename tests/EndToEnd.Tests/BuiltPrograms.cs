namespace EndToEnd.Tests;

/// <summary>Where the programs are that these tests start.</summary>
internal static class BuiltPrograms
{
    public static string Chaos { get; } = BuiltProgram.Shipped("Turbulence.Cli", "chaos");

    /// <summary>The same program, whose faults do nothing.</summary>
    public static string NoEffectChaos { get; } = BuiltProgram.Built("NoEffectChaos", "no-effect-chaos");

    public static string RandServer { get; } = BuiltProgram.Shipped("RandServer", "rand-server");

    public static string RequireRand { get; } = BuiltProgram.Shipped("RequireRand", "require-rand");

    public static string Sample { get; } = Path.Combine(BuiltProgram.Root, "samples", "random-numbers", "experiment.json");

    /// <summary>The launcher at the top of the repository.</summary>
    public static string Launcher { get; } = Path.Combine(BuiltProgram.Root, "chaos");

    public static string SampleExtensions { get; } = Path.Combine(BuiltProgram.Root, "samples", "extensions");

    public static string SampleExtension { get; } = BuiltProgram.Built("SampleExtension", "SampleExtension.dll");

    public static string HostileExtension { get; } = BuiltProgram.Built("HostileExtension", "HostileExtension.dll");
}
