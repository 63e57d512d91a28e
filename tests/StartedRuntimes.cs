using System.Runtime.CompilerServices;

/// <summary>
/// Tells the .NET programs that tests start to leave no debugger's pipes and diagnostic sockets in the temporary folder when they are
/// killed, and to compile nothing a second time: they end before better code has paid for itself, which takes up to a third of their
/// processor time. Nor do they map their code a second time to write it, which takes a twentieth.
/// </summary>
internal static class StartedRuntimes
{
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCounting", "0");
        Environment.SetEnvironmentVariable("DOTNET_EnableWriteXorExecute", "0");
    }
}
