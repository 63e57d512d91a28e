using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos validate SOURCE</c>: finds every problem of an experiment and runs nothing.</summary>
internal static class ValidateVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string>("SOURCE") { Description = "The experiment: a JSON or YAML file, or an http(s) URL." };
        var options = new RunSettings();
        var verb = new Command("validate", "Find every problem of an experiment; run nothing.")
        {
            source, options.NoVerifyTls, options.Strict, options.Variables, options.VariableFiles,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            using var stop = new RunStop();
            using var signals = new SignalWatch(stop.Request);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return WorkingDirectory.TryMove(settings, outputs)
                ? await InvokeAsync(parsed.GetRequiredValue(source), parsed, options, settings, around, outputs, stop)
                : ExitCode.Usage(settings.Compatibility);
        });
        return verb;
    }

    private static async Task<int> InvokeAsync(
        string source, ParseResult parsed, RunSettings options, GlobalSettings settings, Surroundings around, Outputs outputs, RunStop stop)
    {
        var intake = new SettingsIntake(outputs, settings);
        var request = options.ReadLook(parsed, settings, intake);
        await using var notifications = new VerbNotifications(
            outputs, settings, "validate", intake.File.Folder, request.Settings.Notifications, around.Time);
        var listener = new VerbListener(outputs, settings, async experiment => await notifications.StartedAsync(() => experiment.Document));
        await using var run = await Chaos.Load(source).PrepareAsync(request, around.Place, RunPurpose.Look, stop, listener);
        if (run.Refusal is not { } refusal)
        {
            await notifications.ValidatedAsync();
            outputs.Say(NoticeLevel.Information, "experiment syntax and semantic look valid");
            return ExitCode.Done;
        }

        if (refusal.IsInterruption)
        {
            outputs.Say(NoticeLevel.Warning, refusal.Text);
        }
        else
        {
            await notifications.RefusedAsync(refusal.Error);
        }

        return ExitCode.Of(refusal, settings.Compatibility);
    }
}
