namespace Turbulence.Faults.Guardians;

/// <summary>How this program starts itself again.</summary>
public static class SelfCommand
{
    /// <summary>
    /// The file, then its first arguments: the program alone where it is one file, the .NET host and the assembly under <c>dotnet
    /// chaos.dll</c>.
    /// </summary>
    public static IReadOnlyList<string> Find() => Find(Environment.ProcessPath, Environment.GetCommandLineArgs());

    /// <summary>The same for another process.</summary>
    /// <param name="program">The process's file.</param>
    /// <param name="commandLine">Its command line as .NET gives it: the assembly first.</param>
    internal static IReadOnlyList<string> Find(string? program, string[] commandLine)
    {
        var file = program ?? throw new InvalidOperationException("The system does not say which program this is.");
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(file), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost && commandLine is [var assembly, ..] && assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? [file, Path.GetFullPath(assembly)]
            : [file];
    }
}
