using System.Diagnostics;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>The command <c>dotnet</c>, as somebody starts it who has nothing to do with this build.</summary>
internal static class OuterDotNet
{
    /// <summary>Runs it, and fails with all that it has said unless it ends with 0.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="variables">What of the environment is set otherwise.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it has said.</returns>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // No server stays behind, and nothing that the tests were started with reaches the other project.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await said}\n{await complained}");
        return await said;
    }

    /// <summary>Runs it with the environment of the tests.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it has said.</returns>
    public static Task<string> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string>(), arguments);
}
