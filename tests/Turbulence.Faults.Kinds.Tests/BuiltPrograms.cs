namespace Turbulence.Faults.Kinds.Tests;

/// <summary>Where the programs are that were built with these tests: <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
internal static class BuiltPrograms
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Own.FullName, "..", "..", "..", ".."));

    public static string Chaos { get; } = Find("Turbulence.Cli", "chaos");

    public static string RandServer { get; } = Find("RandServer", "rand-server");

    private static string Find(string project, string program) => Path.Combine(Own.Parent!.Parent!.FullName, project, Own.Name, program);
}
