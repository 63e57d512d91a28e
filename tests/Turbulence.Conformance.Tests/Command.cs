using System.Collections;
using System.Text;
using Turbulence.Cli;
using Turbulence.Cli.CommandLine;
using Turbulence.Platform.Processes;

namespace Turbulence.Conformance.Tests;

/// <summary>How the command of a case ended, and what it said.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, PosixSignalNumber> Numbers = new()
    {
        ["INT"] = PosixSignalNumber.Interrupt,
        ["TERM"] = PosixSignalNumber.Terminate,
        ["HUP"] = PosixSignalNumber.Hangup,
        ["QUIT"] = PosixSignalNumber.Quit,
        ["USR1"] = PosixSignalNumber.User1,
        ["USR2"] = PosixSignalNumber.User2,
    };

    private static readonly string Program = BuiltProgram.Shipped("Turbulence.Cli", OperatingSystem.IsWindows() ? "chaos.exe" : "chaos");

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
        var code = await ChaosCommand.InvokeAsync(
            arguments, new Surroundings(output, error, IsTerminal: false, TimeProvider.System) { Lines = error });
        return new Command(code, output.ToString(), error.ToString());
    }

    // Signals do to it what they do by default, whatever the starter of the tests ignores.
    private static async Task<Command> StartAsync(Case @case, CaseRoom room, string[] arguments)
    {
        // The lines of a run go to the standard output by default and to the standard error in compatibility mode: here to one place, in
        // their order.
        string[] merged = arguments.Contains("run")
            ? ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&2", Program, .. arguments]
            : [Program, .. arguments];
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment["HOME"] = room.Path;
        foreach (var (name, value) in @case.Environment)
        {
            environment[name] = room.Replace($"{value}");
        }

        var options = new ProcessStartOptions
        {
            FileName = merged[0],
            Arguments = merged[1..],
            WorkingDirectory = room.Path,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await using (process)
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            using var outputs = new StreamReader(process.StandardOutput);
            using var errors = new StreamReader(process.StandardError);
            var output = outputs.ReadToEndAsync(limit.Token);
            var error = await SignalAsync(process, errors, @case.Signals, limit.Token);
            error.Append(await errors.ReadToEndAsync(limit.Token));
            var status = await process.WaitForExitAsync(limit.Token);
            return new Command(status.ReturnCode, await output, error.ToString());
        }
    }

    private static async Task<StringBuilder> SignalAsync(
        ChildProcess process, StreamReader errors, IEnumerable<(string Signal, string After)> signals, CancellationToken cancellation)
    {
        var error = new StringBuilder();
        foreach (var (signal, after) in signals)
        {
            string? line;
            do
            {
                line = await errors.ReadLineAsync(cancellation);
                Assert.True(line is not null, $"the command ended before it said '{after}':\n{error}");
                error.Append(line).Append('\n');
            }
            while (!line.EndsWith(after, StringComparison.Ordinal));

            Assert.True(process.Signal(Numbers[signal]));
        }

        return error;
    }
}
