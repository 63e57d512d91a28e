using System.Diagnostics;
using System.Text;
using Turbulence.Cli;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Conformance.Tests;

/// <summary>How the command of a case ended, and what it said.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "chaos.exe" : "chaos");

    /// <summary>Carries the command out: in this process where it can be, else as a user starts it.</summary>
    public static Task<Command> RunAsync(Case @case, CaseRoom room, string mode)
    {
        string[] compat = mode == "compat" ? ["--compat", "chaostoolkit"] : [];
        return @case.NeedsProcess
            ? StartAsync(@case, room, [.. compat, .. room.Arguments])
            : InvokeAsync([.. compat, .. Placed(room)]);
    }

    // The folder of this process belongs to all cases at once, so here every file is named in full.
    private static List<string> Placed(CaseRoom room)
    {
        var named = room.Arguments.Select(argument => File.Exists(room[argument]) ? room[argument] : argument).ToList();
        if (!named.Any(argument => argument is "--log-file" or "--no-log-file"))
        {
            named.InsertRange(0, ["--log-file", room["chaostoolkit.log"]]);
        }

        if (!named.Contains("--settings"))
        {
            named.InsertRange(0, ["--settings", room["settings.yaml"]]);
        }

        return named.Contains("run") && !named.Contains("--journal-path") ? [.. named, "--journal-path", room["journal.json"]] : named;
    }

    private static async Task<Command> InvokeAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ChaosCommand.InvokeAsync(arguments, new Surroundings(output, error, IsTerminal: false, TimeProvider.System) { Lines = error });
        return new Command(code, output.ToString(), error.ToString());
    }

    private static async Task<Command> StartAsync(Case @case, CaseRoom room, string[] arguments)
    {
        // The lines of a run go to the standard output by default and to the standard error in compatibility mode: here to one place, in their order.
        string[] merged = arguments.Contains("run") ? ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&2", Program, .. arguments] : [Program, .. arguments];
        var start = new ProcessStartInfo(merged[0], merged[1..])
        {
            WorkingDirectory = room.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = room.Path;
        foreach (var (name, value) in @case.Environment)
        {
            start.Environment[name] = room.Replace($"{value}");
        }

        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await SignalAsync(process, @case.Signals, limit.Token);
            error.Append(await process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new Command(process.ExitCode, await output, error.ToString());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<StringBuilder> SignalAsync(Process process, IEnumerable<(string Signal, string After)> signals, CancellationToken cancellation)
    {
        var error = new StringBuilder();
        foreach (var (signal, after) in signals)
        {
            string? line;
            do
            {
                line = await process.StandardError.ReadLineAsync(cancellation);
                Assert.True(line is not null, $"the command ended before it said '{after}':\n{error}");
                error.Append(line).Append('\n');
            }
            while (!line.EndsWith(after, StringComparison.Ordinal));

            using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
            await kill.WaitForExitAsync(cancellation);
            Assert.Equal(0, kill.ExitCode);
        }

        return error;
    }
}
