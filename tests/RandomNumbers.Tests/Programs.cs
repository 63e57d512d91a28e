using System.Diagnostics;

namespace RandomNumbers.Tests;

/// <summary>Runs the built programs as a user would.</summary>
public static class Programs
{
    public static string RandServer { get; } = Path.Combine(AppContext.BaseDirectory, "rand-server");

    public static string RequireRand { get; } = Path.Combine(AppContext.BaseDirectory, "require-rand");

    public static Process Start(string folder, string program, params string[] arguments) => Start(folder, program, [], arguments);

    /// <summary>Starts a program with variables beside those of the tests.</summary>
    public static Process Start(string folder, string program, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end, and until nobody holds its standard output and error any more.</summary>
    public static Task<ProgramEnd> RunAsync(string folder, string program, params string[] arguments) =>
        RunAsync(folder, program, [], arguments);

    /// <summary>The same with variables beside those of the tests.</summary>
    public static async Task<ProgramEnd> RunAsync(string folder, string program, Dictionary<string, string> environment, string[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Deadline.Token);
        deadline.CancelAfter(Deadline.Generous);
        using var process = Start(folder, program, environment, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ProgramEnd(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {pid}"]);
        await kill.WaitForExitAsync(Deadline.Token);
        Assert.Equal(0, kill.ExitCode);
    }
}
