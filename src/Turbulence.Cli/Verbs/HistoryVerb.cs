using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Live.Histories;
using Turbulence.Live.Serving;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos history FOLDER</c>: the runs whose journals stand in a folder, in a browser, until a signal.</summary>
internal static class HistoryVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "The folder with the journals, also in folders below it.",
            DefaultValueFactory = static _ => ".",
        };
        var port = Choice.Port("--port", "Serve the pages on this port. [default: a free one]");
        var verb = new Command("history", "Show the runs of a folder in a browser, with trends and weaknesses, until a signal.") { folder, port };
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return WorkingDirectory.TryMove(settings, outputs)
                && await TryServeAsync(parsed.GetRequiredValue(folder), parsed.GetValue(port) ?? 0, around, outputs)
                ? ExitCode.Done
                : ExitCode.Usage(settings.Compatibility);
        });
        return verb;
    }

    private static async Task<bool> TryServeAsync(string folder, int port, Surroundings around, Outputs outputs)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        try
        {
            var runs = new RunFolder(Path.GetFullPath(HomeDirectory.Expand(folder)));

            // A folder may hold gigabytes: a signal waits for none of them.
            var count = await Task.Run(() => runs.Read().Runs.Count, stop.Run).WaitAsync(stop.Run);
            await using var server = await PageServer.StartAsync(new HistorySite(runs, ProgramVersion.Text), port);
            around.Out.WriteLine(PrintableText.OneLine($"{count} {(count == 1 ? "run" : "runs")} in {runs.Folder} at {server.Address}"));
            around.Out.Flush();
            await Task
                .Delay(Timeout.InfiniteTimeSpan, around.Time, stop.Run)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return true;
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            outputs.Say(NoticeLevel.Error, PrintableText.OneLine($"The runs of {folder} cannot be shown: {failure.Message}"));
            return false;
        }
    }
}
