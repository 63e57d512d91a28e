using System.Runtime.CompilerServices;

/// <summary>Keeps the faults of the tests, and of what they start, apart from those of the machine's user.</summary>
internal static class OwnState
{
    private const string Variable = "TURBULENCE_STATE";

    [ModuleInitializer]
    internal static void Set()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"turbulence-state-{Environment.ProcessId}");
        Environment.SetEnvironmentVariable(Variable, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        };
    }
}
