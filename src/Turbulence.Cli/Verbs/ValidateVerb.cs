using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Signals;
using Turbulence.Experiments;
using Turbulence.Running;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos validate SOURCE</c>: finds every problem of an experiment and runs nothing.</summary>
internal static class ValidateVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string>("SOURCE") { Description = "The experiment: a JSON or YAML file, or an http(s) URL." };
        var noVerifyTls = Choice.Flag("--no-verify-tls", "Trust any certificate when the experiment is downloaded.");
        var options = new RunSettings();
        var verb = new Command("validate", "Find every problem of an experiment; run nothing.")
        {
            source, noVerifyTls, options.Strict, options.Variables, options.VariableFiles,
        };
        verb.SetAction((parsed, _) => InvokeAsync(
            parsed.GetRequiredValue(source),
            !parsed.GetValue(noVerifyTls),
            parsed.GetValue(options.Strict),
            problems => Overrides.Read(
                parsed.GetValue(options.VariableFiles) ?? [], parsed.GetValue(options.Variables) ?? [], globals.Read(parsed).Compatibility, problems),
            globals.Read(parsed),
            around));
        return verb;
    }

    private static async Task<int> InvokeAsync(
        string source, bool verifyTls, bool strict, Func<ProblemList, VariableOverrides> readOverrides, GlobalSettings settings, Surroundings around)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        using var outputs = new Outputs(around, settings, mayBeLive: false);
        if (!WorkingDirectory.TryMove(settings, outputs))
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        try
        {
            var settingsIntake = new SettingsIntake(outputs, settings);
            var defaults = settingsIntake.Read();
            var intake = new Intake(outputs, settings, defaults.Auths, around.Time) { Strict = strict };
            if (await intake.LoadAsync(source, verifyTls, stop.Run) is not { } loaded)
            {
                return ExitCode.Invalid(settings.Compatibility);
            }

            await using var notifications = new VerbNotifications(
                outputs, settings, "validate", settingsIntake.File.Folder, defaults.Notifications, around.Time);
            await notifications.StartedAsync(loaded.Document);
            await using var workers = new WorkerHosts(settings, source, outputs, stop, around.Time);
            await workers.MoveAsync(loaded.BaseDirectory);
            using var providers = new Providers(settings.Compatibility, loaded.BaseDirectory, workers, new FaultRoom(around).Provider());
            var problems = new ProblemList(new DocumentMap());
            var overrides = readOverrides(problems);
            if (problems.Count > 0)
            {
                outputs.Say(problems, "chaos", settings.Compatibility);
            }

            if (problems.HasErrors)
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            var sources = Overrides.Sources(overrides, loaded.BaseDirectory, settings.Compatibility, around.Time);
            if (!await intake.ValidateAsync(loaded, providers.All, providers.Controls, sources, stop.Run))
            {
                await notifications.RefusedAsync(intake.FirstError);
                return ExitCode.Invalid(settings.Compatibility);
            }

            await notifications.ValidatedAsync();
            outputs.Say(NoticeLevel.Information, "experiment syntax and semantic look valid");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            outputs.Say(NoticeLevel.Warning, stop.Interruption!.Message);
            return ExitCode.Stopped(settings.Compatibility);
        }
    }
}
