using System.Collections;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Verbs;

/// <summary>
/// The command as a user starts it: a process of its own, in a folder of its own. Signals do to it what they do by default, whatever the
/// starter of the tests (<c>nohup</c>, say) ignores.
/// </summary>
internal sealed class StartedCommand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ChildProcess process;
    private readonly StreamReader output;
    private readonly StreamReader error;

    private StartedCommand(ChildProcess process)
    {
        this.process = process;
        output = new StreamReader(process.StandardOutput);
        error = new StreamReader(process.StandardError);
    }

    public static StartedCommand Start(TemporaryFolder folder, string program, params string[] args) => Start(folder, [], program, args);

    /// <summary>Starts it with variables beside those of the tests.</summary>
    public static StartedCommand Start(TemporaryFolder folder, Dictionary<string, string> environment, string program, params string[] args)
    {
        // The lines of a run go to the standard output: here to one place with the complaints, in their order.
        string[] merged = program == Program && args.Contains("run")
            ? ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&2", program, .. args]
            : [program, .. args];
        var ours = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        var options = new ProcessStartOptions
        {
            FileName = merged[0],
            Arguments = merged[1..],
            WorkingDirectory = folder.Path,
            Environment = ours.Concat(environment).GroupBy(each => each.Key).ToDictionary(each => each.Key, each => each.Last().Value),
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new StartedCommand(process);
    }

    /// <summary>The command that was built with these tests.</summary>
    public static string Program { get; } = BuiltProgram.Shipped("Turbulence.Cli", OperatingSystem.IsWindows() ? "chaos.exe" : "chaos");

    /// <summary>Reads standard error up to the line that ends with <paramref name="text"/>.</summary>
    public async Task ReadUntilAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (await error.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.EndsWith(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the command ended before it said '{text}'");
    }

    /// <summary>Closes the reading end of standard error, as <c>| head -1</c> does.</summary>
    public void HangUp() => error.Close();

    public void Signal(PosixSignalNumber signal) => Assert.True(process.Signal(signal));

    public async Task<(int Code, string Error)> EndAsync(bool read = true)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var said = read ? await error.ReadToEndAsync(limit.Token) : "";
        return ((await process.WaitForExitAsync(limit.Token)).ReturnCode, said);
    }

    public async Task<string> ReadOutputAsync() => await output.ReadToEndAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
