namespace Turbulence.DotNetWorker.Tests;

/// <summary>Where the worker and the sample are that were built with these tests: <c>artifacts/bin/PROJECT/CONFIGURATION</c>.</summary>
internal static class BuiltFiles
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Worker { get; } = Find("Turbulence.DotNetWorker", "Turbulence.DotNetWorker.dll");

    public static string Sample { get; } = Find("SampleExtension", "SampleExtension.dll");

    private static string Find(string project, string file) => Path.Combine(Own.Parent!.Parent!.FullName, project, Own.Name, file);
}
