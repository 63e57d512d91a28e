using System.Runtime.CompilerServices;

/// <summary>
/// Tells the .NET programs that tests start to leave no debugger's pipes and diagnostic sockets in the temporary folder when they are killed, and to measure nothing for the code of a next
/// time, which they do not live to see.
/// </summary>
internal static class StartedRuntimes
{
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}
