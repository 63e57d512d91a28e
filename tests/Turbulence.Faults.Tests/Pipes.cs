using System.Diagnostics;

namespace Turbulence.Faults.Tests;

/// <summary>Makes named pipes, with coreutils: .NET cannot.</summary>
internal static class Pipes
{
    public static void Make(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
