using System.Diagnostics;

namespace Turbulence.Cli.Tests.Verbs;

/// <summary>The command as a user starts it: a process of its own, in a folder of its own.</summary>
internal sealed class StartedCommand : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private StartedCommand(Process process) => this.process = process;

    public static StartedCommand Start(TemporaryFolder folder, string program, params string[] args) => Start(folder, [], program, args);

    /// <summary>Starts it with variables beside those of the tests.</summary>
    public static StartedCommand Start(TemporaryFolder folder, Dictionary<string, string> environment, string program, params string[] args)
    {
        // The lines of a run go to the standard output: here to one place with the complaints, in their order.
        string[] merged = args.Contains("run") ? ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&2", program, .. args] : [program, .. args];
        var start = new ProcessStartInfo(merged[0], merged[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new StartedCommand(Process.Start(start)!);
    }

    /// <summary>The command that was built with these tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "chaos.exe" : "chaos");

    /// <summary>Reads standard error up to the line that ends with <paramref name="text"/>.</summary>
    public async Task ReadUntilAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.EndsWith(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the command ended before it said '{text}'");
    }

    /// <summary>Closes the reading end of standard error, as <c>| head -1</c> does.</summary>
    public void HangUp() => process.StandardError.Close();

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<(int Code, string Error)> EndAsync(bool read = true)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var error = read ? await process.StandardError.ReadToEndAsync(limit.Token) : "";
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, error);
    }

    public async Task<string> ReadOutputAsync() => await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
