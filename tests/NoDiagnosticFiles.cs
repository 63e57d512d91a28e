using System.Runtime.CompilerServices;

/// <summary>Spares the machine the debugger's pipes and diagnostic sockets that a killed .NET process leaves in the temporary folder.</summary>
internal static class NoDiagnosticFiles
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
}
