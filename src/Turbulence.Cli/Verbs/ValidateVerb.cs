using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Problems;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos validate SOURCE...</c>: finds every problem of experiments and runs nothing.</summary>
internal static class ValidateVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description = "The experiments: each a JSON or YAML file, or an http(s) URL.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = Choice.Defaulted("--format", "Say what is wrong in lines for people, or as", ProblemFormats.Text, ProblemFormats.Names);
        var options = new RunSettings();
        var verb = new Command("validate", "Find every problem of experiments; run nothing.")
        {
            sources, format, options.NoVerifyTls, options.Strict, options.Variables, options.VariableFiles,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            var form = ProblemFormats.Named(parsed.GetValue(format));
            using var stop = new RunStop();
            using var signals = new SignalWatch(stop.Request);
            using var outputs = new Outputs(around, settings, mayBeLive: false, isQuiet: form is not null);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            var validation = new Validation(parsed, options, settings, around, outputs, stop);
            return await validation.InvokeAsync(parsed.GetRequiredValue(sources), form);
        });
        return verb;
    }

    private sealed class Validation(
        ParseResult parsed, RunSettings options, GlobalSettings settings, Surroundings around, Outputs outputs, RunStop stop)
    {
        private readonly List<CheckedSource> looked = [];

        public async Task<int> InvokeAsync(string[] sources, IProblemFormat? form)
        {
            var intake = new SettingsIntake(outputs, settings);
            var request = options.ReadLook(parsed, settings, intake);
            var code = ExitCode.Done;
            foreach (var source in sources)
            {
                var (own, goesOn) = await LookAsync(source, request, intake.File.Folder, form is not null, sources.Length > 1);
                code = code == ExitCode.Done || !goesOn ? own : code;
                if (!goesOn)
                {
                    break;
                }
            }

            if (form is not null)
            {
                await around.Out.WriteAsync(form.Write(looked));
            }

            return code;
        }

        private async Task<(int Code, bool GoesOn)> LookAsync(
            string source, RunRequest request, string folder, bool isForPrograms, bool isOneOfMany)
        {
            await using var notifications = new VerbNotifications(
                outputs, settings, "validate", folder, request.Settings.Notifications, around.Time);
            var listener = new VerbListener(
                outputs, settings, async experiment => await notifications.StartedAsync(() => experiment.Document));
            var collector = isForPrograms ? new ProblemCollector(outputs.Log, listener) : null;
            await using var run = await Chaos.Load(source).PrepareAsync(
                request, around.Place, RunPurpose.Look, stop, collector is null ? listener : collector);
            looked.Add(new CheckedSource(source, run.Refusal is null, collector?.Problems ?? []));
            if (run.Refusal is not { } refusal)
            {
                await notifications.ValidatedAsync();
                outputs.Say(
                    NoticeLevel.Information, $"{(isOneOfMany ? $"{source}: " : "")}experiment syntax and semantic look valid");
                return (ExitCode.Done, true);
            }

            if (refusal.IsInterruption)
            {
                outputs.Say(NoticeLevel.Warning, refusal.Text);
            }
            else
            {
                await notifications.RefusedAsync(refusal.Error);
            }

            return (ExitCode.Of(refusal, settings.Compatibility), !refusal.IsInterruption);
        }
    }
}
