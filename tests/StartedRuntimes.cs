using System.Diagnostics;
using System.Runtime.CompilerServices;

/// <summary>
/// Tells the .NET programs that tests start to leave no debugger's pipes and diagnostic sockets in the temporary folder when they are
/// killed, and to compile nothing a second time: they end before better code has paid for itself, which takes up to a third of their
/// processor time. Nor do they map their code a second time to write it, which takes a twentieth. The Python that they find is Python, and
/// not the script of a manager of versions that looks for it, which takes ten times as long as what tests have to say to it.
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
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var python = path.Split(':').Select(static folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        if (python is not null && IsScript(python) && Meant(python) is { Length: > 0 } folder)
        {
            Environment.SetEnvironmentVariable("PATH", $"{folder}:{path}");
        }
    }

    // The same Python that the script leads to.
    private static string? Meant(string script)
    {
        using var asked = Process.Start(new ProcessStartInfo(script, ["-c", "import sys; print(sys.executable)"]) { RedirectStandardOutput = true })!;
        return Path.GetDirectoryName(asked.StandardOutput.ReadLine());
    }

    private static bool IsScript(string file)
    {
        using var stream = File.OpenRead(file);
        return stream.ReadByte() == '#' && stream.ReadByte() == '!';
    }
}
