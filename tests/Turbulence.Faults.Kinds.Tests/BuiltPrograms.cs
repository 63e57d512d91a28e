namespace Turbulence.Faults.Kinds.Tests;

/// <summary>Where the programs are that these tests start.</summary>
internal static class BuiltPrograms
{
    public static string Chaos { get; } = BuiltProgram.Shipped("Turbulence.Cli", "chaos");

    public static string RandServer { get; } = BuiltProgram.Shipped("RandServer", "rand-server");
}
