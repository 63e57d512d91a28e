using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos run SOURCE</c>: runs an experiment and ends with its verdict.</summary>
internal static class RunVerb
{
    private const long LargeHeapBytes = 8 * 1024 * 1024;

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string>("SOURCE") { Description = "The experiment: a JSON or YAML file, or an http(s) URL." };
        var options = new RunSettings();
        var verb = new Command("run", "Run an experiment. The exit code is its verdict.") { source };
        foreach (var option in options.All)
        {
            verb.Add(option);
        }

        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            using var outputs = new Outputs(
                around, settings, mayBeLive: true, isStream: parsed.GetValue(options.Output) == "json", parsed.GetValue(options.Quiet));
            using var stop = new RunStop();

            // The signals are ours until the last line is written and the last worker ended: a run that ends is not to be cut off either.
            using var signals = new SignalWatch(stop.Request);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            if (settings.Verbose && parsed.GetValue(options.Quiet))
            {
                outputs.Say(NoticeLevel.Error, "--quiet leaves out what --verbose asks for; give one of the two");
                return ExitCode.Usage(settings.Compatibility);
            }

            if (parsed.GetValue(options.Strict) && parsed.GetValue(options.NoValidation))
            {
                outputs.Say(NoticeLevel.Error, "--strict is about validation, which --no-validation leaves out; give one of the two");
                return ExitCode.Usage(settings.Compatibility);
            }

            var weaknesses = WeaknessList.Read(parsed.GetValue(options.Weaknesses), settings.Compatibility);
            var reports = parsed.GetValue(options.Reports) ?? [];
            var problems = reports.Select(ReportFile.Problem).Append(weaknesses.Problem).OfType<string>().ToList();
            foreach (var problem in problems)
            {
                outputs.Say(NoticeLevel.Error, $"{problem.TrimEnd('.')}; nothing was run");
            }

            return problems.Count > 0
                ? ExitCode.Usage(settings.Compatibility)
                : await InvokeAsync(parsed.GetRequiredValue(source), parsed, options, weaknesses, settings, around, outputs, stop);
        });
        return verb;
    }

    private static async Task<int> InvokeAsync(
        string source,
        ParseResult parsed,
        RunSettings options,
        WeaknessList weaknesses,
        GlobalSettings settings,
        Surroundings around,
        Outputs outputs,
        RunStop stop)
    {
        var intake = new SettingsIntake(outputs, settings);
        var request = options.Read(parsed, settings, intake);
        VerbNotifications? notifications = null;
        var listener = new VerbListener(outputs, settings, async experiment =>
        {
            notifications = new VerbNotifications(
                outputs, settings, "run", intake.File.Folder, request.Settings.Notifications, around.Time, stop);
            await notifications.StartedAsync(() => experiment.Document);
        });
        var place = around.Place with { Seed = parsed.GetValue(options.Seed) };
        await using var window = await OpenWindowAsync(options.Page(parsed), stop, around, outputs);
        if (window is null)
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        await using var telemetry = VerbTelemetry.Begin(around, outputs, stop);
        await using var run = await Chaos.Load(source).PrepareAsync(request, place, RunPurpose.Run, stop, listener);
        try
        {
            if (run.Refusal is null && !request.SkipValidation)
            {
                outputs.Say(NoticeLevel.Information, "Experiment looks valid");
            }

            GiveBackWhatLoadingTook();
            var (outcome, refusal) = run.Refusal is { } early
                ? (null, early)
                : await run.AttemptAsync(() => [.. window.Begin(), .. outputs.BeginRun(), .. telemetry.Observers]);
            if (outcome is null)
            {
                outputs.EndRun();
                return await RefuseAsync(refusal!, notifications, settings, outputs);
            }

            if (run.JournalFailure is { } failure)
            {
                outputs.Say(NoticeLevel.Error, $"The journal {request.JournalPath} is not complete: {failure}");
            }

            var written = new RunJournal(request.JournalPath!, run.Id);
            var exitCode = weaknesses.ExitCode(outcome.ExitCode, written, outputs);
            var reports = await new RunReports(outputs, stop, around.Time)
                .WriteAsync(parsed.GetValue(options.Reports) ?? [], written);

            // Who reads the report of the run before for this one must not see a 0 beside it.
            exitCode = exitCode == ExitCode.Done && reports.Any(static one => one.Problem is not null) ? ExitCode.Failed : exitCode;
            var journal = new RunFile("journal", request.JournalPath!, run.JournalFailure is null ? null : "not complete");
            outputs.EndRun(new RunClosing(exitCode, [journal, .. reports]));
            await notifications!.EndedAsync(outcome, request.JournalPath!);
            await window.EndAsync(written);
            return exitCode;
        }
        finally
        {
            if (notifications is not null)
            {
                await notifications.DisposeAsync();
            }
        }
    }

    private static async Task<RunWindow?> OpenWindowAsync(int? port, RunStop stop, Surroundings around, Outputs outputs)
    {
        try
        {
            return await RunWindow.OpenAsync(port, stop, around);
        }
        catch (IOException failure)
        {
            outputs.Say(
                NoticeLevel.Error,
                $"The page cannot listen on port {port}: {failure.Message.TrimEnd('.')}; nothing was run, and --ui alone takes a free port");
            return null;
        }
    }

    private static async Task<int> RefuseAsync(
        RunRefusal refusal, VerbNotifications? notifications, GlobalSettings settings, Outputs outputs)
    {
        if (refusal.IsInterruption)
        {
            outputs.Say(NoticeLevel.Warning, $"{refusal.Text.TrimEnd('.')}; nothing was run yet");
        }
        else if (notifications is not null)
        {
            await notifications.RefusedAsync(refusal.Error);
        }

        return ExitCode.Of(refusal, settings.Compatibility);
    }

    // The text of a large experiment and the places in it are garbage from here on. Nothing of it is new, so that the collector would leave
    // it to the end of the run.
    private static void GiveBackWhatLoadingTook()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > LargeHeapBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
