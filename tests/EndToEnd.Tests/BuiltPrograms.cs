namespace EndToEnd.Tests;

/// <summary>Where the programs are that were built with these tests: <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
internal static class BuiltPrograms
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Chaos { get; } = Find("Turbulence.Cli", "chaos");

    /// <summary>The same program, whose faults do nothing.</summary>
    public static string NoEffectChaos { get; } = Find("NoEffectChaos", "no-effect-chaos");

    public static string RandServer { get; } = Find("RandServer", "rand-server");

    public static string RequireRand { get; } = Find("RequireRand", "require-rand");

    public static string Sample { get; } =
        Path.GetFullPath(Path.Combine(Own.FullName, "..", "..", "..", "..", "samples", "random-numbers", "experiment.json"));

    /// <summary>The launcher at the top of the repository.</summary>
    public static string Launcher { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Sample)!, "..", "..", "chaos"));

    public static string SampleExtensions { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Sample)!, "..", "extensions"));

    public static string SampleExtension { get; } = Find("SampleExtension", "SampleExtension.dll");

    public static string HostileExtension { get; } = Find("HostileExtension", "HostileExtension.dll");

    private static string Find(string project, string program) =>
        Path.Combine(Own.Parent!.Parent!.FullName, project, Own.Name, program);
}
