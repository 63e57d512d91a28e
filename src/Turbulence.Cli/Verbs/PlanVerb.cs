using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Plans;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Runs;
using Turbulence.Runs.Planning;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos plan SOURCE</c>: what a run would do and hit, and the undo of each fault. Nothing is touched, and no probe is asked.
/// </summary>
internal static class PlanVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string>("SOURCE") { Description = "The experiment: a JSON or YAML file, or an http(s) URL." };
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var options = new RunSettings();
        var verb = new Command("plan", "Show what a run would do, what each fault would hit, and its undo; touch nothing.")
        {
            source, options.NoVerifyTls, json, options.Strict, options.Variables, options.VariableFiles,
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

            var request = options.ReadLook(parsed, settings, new SettingsIntake(outputs, settings));
            await using var run = await Chaos.Load(parsed.GetRequiredValue(source))
                .PrepareAsync(request, around.Place, RunPurpose.Look, stop, new VerbListener(outputs, settings));
            if (run.Refusal is not { } refusal)
            {
                return await ShowAsync(run, parsed.GetValue(json), settings, around, outputs, stop);
            }

            if (refusal.IsInterruption)
            {
                outputs.Say(NoticeLevel.Warning, refusal.Text);
            }

            return ExitCode.Of(refusal, settings.Compatibility);
        });
        return verb;
    }

    private static async Task<int> ShowAsync(
        PreparedRun run, bool json, GlobalSettings settings, Surroundings around, Outputs outputs, RunStop stop)
    {
        try
        {
            var plan = await run.PlanAsync();
            if (new FaultRoom(around.Place).Ledger.Halted is { } halted)
            {
                outputs.Say(NoticeLevel.Warning, $"A run would not begin: {halted}");
            }

            return Show(plan, json, settings, around, outputs);
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            outputs.Say(NoticeLevel.Warning, stop.Interruption!.Message);
            return ExitCode.Stopped(settings.Compatibility);
        }
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
}
