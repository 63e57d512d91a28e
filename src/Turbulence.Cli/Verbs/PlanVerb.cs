using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Plans;
using Turbulence.Cli.Signals;
using Turbulence.Experiments;
using Turbulence.Experiments.Loading;
using Turbulence.Running;
using Turbulence.Running.Safeguards;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos plan SOURCE</c>: what a run would do and hit, and the undo of each fault. Nothing is touched, and no probe is asked.</summary>
internal static class PlanVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string>("SOURCE") { Description = "The experiment: a JSON or YAML file, or an http(s) URL." };
        var noVerifyTls = Choice.Flag("--no-verify-tls", "Trust any certificate when the experiment is downloaded.");
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var options = new RunSettings();
        var verb = new Command("plan", "Show what a run would do, what each fault would hit, and its undo; touch nothing.")
        {
            source, noVerifyTls, json, options.Strict, options.Variables, options.VariableFiles,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var stop = new RunStop();
            using var signals = new SignalWatch(stop.Request);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            try
            {
                var plan = await PlanAsync(
                    parsed.GetRequiredValue(source),
                    !parsed.GetValue(noVerifyTls),
                    parsed.GetValue(options.Strict),
                    problems => Overrides.Read(
                        parsed.GetValue(options.VariableFiles) ?? [], parsed.GetValue(options.Variables) ?? [], settings.Compatibility, problems),
                    settings,
                    around,
                    outputs,
                    stop);
                return plan is null ? ExitCode.Invalid(settings.Compatibility) : Show(plan, parsed.GetValue(json), settings, around, outputs);
            }
            catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
            {
                outputs.Say(NoticeLevel.Warning, stop.Interruption!.Message);
                return ExitCode.Stopped(settings.Compatibility);
            }
        });
        return verb;
    }

    private static int Show(PlannedRun plan, bool json, GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        if (json)
        {
            around.Out.WriteLine(JsonText.Indented(PlanJson.Of(plan)));
        }
        else
        {
            new PlanText(around.Out).Write(plan);
        }

        if (plan.Refused > 0)
        {
            outputs.Say(NoticeLevel.Error, $"{plan.Refused} {(plan.Refused == 1 ? "fault" : "faults")} would be refused");
        }

        return plan.Refused > 0 ? ExitCode.Invalid(settings.Compatibility) : ExitCode.Done;
    }

    private static async Task<PlannedRun?> PlanAsync(
        string source,
        bool verifyTls,
        bool strict,
        Func<ProblemList, VariableOverrides> readOverrides,
        GlobalSettings settings,
        Surroundings around,
        Outputs outputs,
        RunStop stop)
    {
        var defaults = new SettingsIntake(outputs, settings).Read();
        var problems = new ProblemList(new DocumentMap());
        var overrides = readOverrides(problems);
        if (problems.Count > 0)
        {
            outputs.Say(problems, "chaos", settings.Compatibility);
        }

        var intake = new Intake(outputs, settings, defaults.Auths, around.Time) { Strict = strict };
        if (problems.HasErrors || await intake.LoadAsync(source, verifyTls, stop.Run) is not { } loaded)
        {
            return null;
        }

        await using var workers = new WorkerHosts(settings, source, outputs, stop, around.Time);
        await workers.MoveAsync(loaded.BaseDirectory);
        using var providers = new Providers(settings.Compatibility, loaded.BaseDirectory, workers, new FaultRoom(around).Provider());
        var sources = Overrides.Sources(overrides, loaded.BaseDirectory, settings.Compatibility, around.Time);
        return await intake.ValidateAsync(loaded, providers.All, providers.Controls, sources, stop.Run)
            ? await PlanAsync(loaded, sources, defaults, settings, around, stop.Run)
            : null;
    }

    private static async Task<PlannedRun> PlanAsync(
        LoadedExperiment loaded, ValueSources sources, ChaosSettings defaults, GlobalSettings settings, Surroundings around, CancellationToken cancellationToken)
    {
        // Validation has told what is wrong with them, and found no error.
        var values = await new ValueResolver(sources).ResolveForValidationAsync(loaded.Document, new ProblemList(loaded.Map), cancellationToken);
        var experiment = new Experiment(loaded.Document, loaded.Map, loaded.DisplayName, loaded.BaseDirectory);
        var runtime = RuntimeRules.Effective(experiment.Runtime, defaults.Runtime, settings.Compatibility);
        return await new RunPlanner(around.Kinds, experiment, values)
            .PlanAsync(settings.Compatibility == Compatibility.None ? Safeguard.Read(runtime) : [], cancellationToken);
    }
}
