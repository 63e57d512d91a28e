using System.Diagnostics;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>A program as somebody starts it who has nothing to do with this build.</summary>
/// <param name="file">The program.</param>
/// <param name="folder">Where it is started.</param>
/// <param name="variables">What of the environment is set otherwise.</param>
internal sealed class OuterProgram(string file, string folder, IReadOnlyDictionary<string, string>? variables = null)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>The command <c>dotnet</c>.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="variables">What of the environment is set otherwise.</param>
    public static OuterProgram DotNet(string folder, IReadOnlyDictionary<string, string>? variables = null) =>
        new("dotnet", folder, variables);

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // No server stays behind, and nothing that the tests were started with reaches it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it, and fails with all that it has said unless it ends with 0.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it has said on its standard output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Deadline);
        Assert.True(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)}: {process.ExitCode}\n{await said}\n{await complained}");
        return await said;
    }
}
