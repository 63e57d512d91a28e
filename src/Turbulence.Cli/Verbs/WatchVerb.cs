using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;
using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Faults.Ledgers;
using Turbulence.Interruptions;
using Turbulence.Live;
using Turbulence.Live.Feeds;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos watch [RUN]</c>: the page of a run that another process plays on this machine, out of its journal. It ends when that run does,
/// and leaves it alone when it is ended itself.
/// </summary>
internal static class WatchVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var run = Choice.Offering(
            new Argument<string?>("RUN")
            {
                Description = "The run: its id, or its journal. Not needed where one run goes on.",
                Arity = ArgumentArity.ZeroOrOne,
            },
            _ => KnownWords.Runs(around));
        var port = Choice.Port("--port", "Serve the page on this port. [default: a free one]");
        var verb = new Command("watch", "Show a run that goes on in a browser, until it ends or a signal comes.") { run, port };
        verb.SetAction(async (parsed, _) => await FaultCall.InvokeAsync(globals.ReadWithoutLog(parsed), around, async call =>
        {
            var compatibility = globals.ReadWithoutLog(parsed).Compatibility;
            if (Choose(call, parsed.GetValue(run)) is not { } watched)
            {
                return ExitCode.Usage(compatibility);
            }

            return await WatchAsync(watched, parsed.GetValue(port) ?? 0, around, call) ?? ExitCode.Usage(compatibility);
        }));
        return verb;
    }

    // Null where nothing can be shown.
    private static async Task<int?> WatchAsync(Watched watched, int port, Surroundings around, FaultCall call)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        JournalFollower? follower = null;
        var halt = watched.Runner is { } runner ? new RunnerHalt(runner, () => follower?.IsHalting == true) : null;
        await using var page = await OpenAsync(port, around, call, halt);
        if (page is null)
        {
            return null;
        }

        follower = new JournalFollower(watched.Journal, watched.Run, page.Feed, around.Time);
        around.Out.WriteLine($"Watch '{PrintableText.OneLine(watched.Title)}' at {page.Address}");
        around.Out.Flush();
        try
        {
            var isOver = await follower.FollowAsync(
                () => watched.Run is { } id && call.Room.Ledger.Read().Runs.All(one => one.Id != id || !one.IsAttended), stop.Run);
            call.Say(
                isOver ? NoticeLevel.Information : NoticeLevel.Warning,
                isOver ? $"The run is over; its journal is {watched.Journal}"
                    : $"The run is gone, and its journal has no end: {watched.Journal}; 'chaos faults list' says whether something is left of it");
        }
        catch (OperationCanceledException)
        {
            call.Say(NoticeLevel.Information, $"{stop.Interruption!.Message.TrimEnd('.')}; nobody watches any more");
            return ExitCode.Done;
        }

        await page.EndAsync(ReportFile.Of([watched.Journal]));
        return ExitCode.Done;
    }

    private static async Task<LiveRun?> OpenAsync(int port, Surroundings around, FaultCall call, RunnerHalt? halt)
    {
        try
        {
            return await LiveRun.StartAsync(port, around.Time, halt is null ? null : halt.Ask);
        }
        catch (IOException failure)
        {
            call.Say(NoticeLevel.Error, $"The page cannot listen on port {port}: {failure.Message}");
            return null;
        }
    }

    private static Watched? Choose(FaultCall call, string? named)
    {
        List<RunRecord> runs = [.. call.Room.Ledger.Read().Runs.Where(static run => run is { IsRunnerAlive: true, Journal: not null })];
        var path = named is null ? null : Path.GetFullPath(HomeDirectory.Expand(named));
        var chosen = runs.Where(run => named is null || run.Id == named || run.Journal == path).ToList();
        if (chosen is [var only])
        {
            return new Watched(only.Title, only.Journal!, only.Id, only.Runner.Process);
        }

        if (path is not null && File.Exists(path))
        {
            call.Say(
                NoticeLevel.Warning, $"No run that goes on here writes {path}: it is shown until an end stands in it, which may be never");
            return new Watched(Path.GetFileName(path), path, null, null);
        }

        call.Say(NoticeLevel.Error, chosen.Count > 1
            ? $"{chosen.Count} runs go on: name one of them"
            : named is null ? "No run goes on" : $"No run that goes on is called '{named}', and there is no such journal");
        foreach (var run in runs)
        {
            call.Say(NoticeLevel.Information, $"{run.Id}  {run.Title}  {run.Journal}");
        }

        return null;
    }

    /// <summary>What is watched.</summary>
    private sealed record Watched(string Title, string Journal, string? Run, ProcessIdentity? Runner);
}
