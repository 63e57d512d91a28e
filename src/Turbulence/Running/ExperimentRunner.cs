using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Running.Faults;
using Turbulence.Running.Users;
using Turbulence.Services;
using Turbulence.Values;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>
/// Runs an experiment:
/// <code>
///   services up ─ gate ─┬─ met ──▶ method (steady state checked meanwhile, where asked) ─ after ─┐
///                       └─ not met ──────────────────────────────────────────────────────────────┤
///   services down ◀─ closing check ◀─ faults taken back ◀─ rollbacks, where decided ◀────────────┘
/// </code>
/// The users of the system, where somebody plays them, are there from before the gate until after the closing check.
/// An interruption jumps to the rollbacks from wherever the run is. Nothing that an activity does can jump over them, and nothing at all
/// over the taking back of the faults.
/// </summary>
public sealed class ExperimentRunner
{
    private readonly RunContext context;
    private readonly RunStop stop;
    private readonly ServiceSupervisor services;
    private readonly SteadyStateStage steadyState;
    private readonly MethodStage method;
    private readonly RollbackStage rollbacks;
    private readonly FaultStage faults;
    private readonly UserStage users;
    private readonly RunFindings findings = new();
    private readonly RunTimeLimit? timeLimit;
    private readonly RunProgram program;
    private ControlRound? controlled;
    private bool experimentChanged;

    /// <summary>Prepares a run; nothing happens yet.</summary>
    /// <param name="experiment">What is run. Its title is substituted when the run starts.</param>
    /// <param name="values">Configuration and secrets, resolved.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="providers">Who carries activities out.</param>
    /// <param name="stop">Where others ask the run to stop.</param>
    /// <param name="time">The run's clock.</param>
    /// <param name="observers">Who listens.</param>
    public ExperimentRunner(
        Experiment experiment,
        ResolvedValues values,
        RunOptions options,
        ActivityProviders providers,
        RunStop stop,
        TimeProvider time,
        params IEnumerable<IRunObserver> observers)
        : this(experiment, values, options, providers, stop, time, RunEquipment.None, observers)
    {
    }

    /// <summary>Prepares a run with controls and faults; nothing happens yet.</summary>
    /// <param name="experiment">What is run. Its title is substituted when the run starts; controls may change all of it.</param>
    /// <param name="values">Configuration and secrets, resolved.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="providers">Who carries activities out.</param>
    /// <param name="stop">Where others ask the run to stop.</param>
    /// <param name="time">The run's clock.</param>
    /// <param name="equipment">Who carries controls out, and who takes faults back.</param>
    /// <param name="observers">Who listens.</param>
    public ExperimentRunner(
        Experiment experiment,
        ResolvedValues values,
        RunOptions options,
        ActivityProviders providers,
        RunStop stop,
        TimeProvider time,
        RunEquipment equipment,
        params IEnumerable<IRunObserver> observers)
    {
        var controls = equipment.Controls;

        // Without controls nobody is handed the experiment, or changes it.
        var isControlled = controls.Global.Count > 0 || ControlOrder.StandsIn(experiment);
        var scene = new ControlScene(isControlled ? experiment.Document : experiment.Frame, values)
        {
            Settings = controls.Settings,
            BaseDirectory = experiment.BaseDirectory,
            Compatibility = options.Compatibility,
            Time = time,
        };
        var events = new RunEvents(equipment.RunId, time, scene.Mask, scene.Gate, observers);
        scene.Say = events.Say;
        var caller = new ControlCaller(controls.Providers, scene, events.Say)
        {
            Changed = changed =>
            {
                experimentChanged |= changed is ControlObject.Experiment or ControlObject.Context;
                events.Renew(scene.Mask);
            },
        };
        context = new RunContext(
            experiment, values, options, providers, new ControlDispatcher(controls, scene, caller, stop), events, time)
        {
            SideFiles = equipment.SideFiles,
            Traces = equipment.Traces,
        };
        this.stop = stop;
        timeLimit = equipment.TimeLimit;
        program = equipment.Program;
        var proxies = new ProxySupervisor(equipment.Proxies, options.Seed, context.Events, equipment.Environment, Receipts, time);
        services = new ServiceSupervisor(experiment, values, proxies, context.Events, equipment.Environment, time);
        var activities = new ActivityExecution(context);
        var check = new HypothesisCheck(context, activities);
        faults = new FaultStage(equipment.Faults, context, stop, services, findings);
        users = new UserStage(equipment.Users, context, findings);
        steadyState = new SteadyStateStage(context, stop, check, findings);
        method = new MethodStage(context, stop, activities, check, findings);
        rollbacks = new RollbackStage(context, stop, activities, findings);
    }

    private ReceiptFile? Receipts() =>
        context.SideFiles.MakeOfRun(ReceiptFile.FileName) is { } made ? new ReceiptFile(made, context.Events.Mask) : null;

    /// <summary>Runs the experiment to its end, rollbacks included, whatever happens on the way.</summary>
    /// <returns>How it ended.</returns>
    public async Task<RunOutcome> RunAsync()
    {
        var began = context.Time.GetTimestamp();
        if (Substitution.Apply(context.Experiment.Frame["title"], context.Values) is JsonValue title)
        {
            context.Experiment.Frame["title"] = PythonText.Of(title);
        }

        // From its first event on the journal is this run's, and what is beside it as well.
        var stale = context.SideFiles.ForgetOfRun(ReceiptFile.FileName);
        context.Events.Publish(new RunStarted(context.Events.Now, context.Experiment, context.Options) { Program = program });
        if (stale is not null)
        {
            context.Events.Say(NoticeLevel.Warning, stale);
        }

        stop.Requested += TellInterruption;
        try
        {
            using (timeLimit ?? new RunTimeLimit(context.Options.Timeout, stop, context.Time))
            {
                await UnharmedAsync(UpToTheRollbacksAsync);
            }

            TakeInterruption();
            await UnharmedAsync(rollbacks.PlayAsync);
            await UnharmedAsync(faults.TakeBackAsync);
            await UnharmedAsync(() => steadyState.ClosingAsync(rollbacks.Played));
            await UnharmedAsync(LookForServicesAsync);
            await UnharmedAsync(() => users.EndAsync(stop.Run));
        }
        finally
        {
            findings.Problems.AddRange(await services.StopAsync());
        }

        var end = new RunEnded(context.Events.Now, Decide(), context.Time.GetElapsedTime(began));
        end = end with { Outcome = await AfterControlsAsync(end) };
        stop.Requested -= TellInterruption;
        end = context.Events.Close(end, why =>
        {
            findings.IncompleteRecord = why;
            return end with { Outcome = Decide() };
        });
        return end.Outcome;
    }

    private RunOutcome Decide()
    {
        findings.LeftOut = DryReasons.Of(context.Options.Dry, context.LeftOut);
        return context.Events.Masked(context.Compatible ? VerdictRules.DecideAsReference(findings) : VerdictRules.Decide(findings));
    }

    /// <summary>
    /// The last hooks, and the end of the controls. A hook may still stop the run, and in compatibility mode rewrite its result.
    /// </summary>
    private async Task<RunOutcome> AfterControlsAsync(RunEnded end)
    {
        TellChanges();
        if (controlled is { } round && await context.Controls.AfterExperimentAsync(round, end) is { } journal && context.Compatible)
        {
            findings.Status = Enum.TryParse<RunStatus>(journal["status"]?.ToString(), ignoreCase: true, out var status)
                ? status
                : RunStatus.Failed;
            findings.Deviated = PythonTruth.Of(journal["deviated"]);
        }

        if (findings.Interruption is null && context.Controls.Interruption is { } late)
        {
            findings.Interruption = late;
            findings.Status = RunStatus.Interrupted;
        }

        await context.Controls.CleanupAsync();
        TellChanges();
        return Decide();
    }

    private void TellChanges()
    {
        if (experimentChanged)
        {
            experimentChanged = false;
            context.Events.Publish(new ExperimentChanged(context.Events.Now, context.Experiment));
        }
    }

    private void TellInterruption(Interruption interruption, int number)
    {
        if (number == 1)
        {
            context.Events.Publish(new RunInterrupted(context.Events.Now, interruption));
        }
        else if (number < RunStop.RequestsThatSkipRollbacks)
        {
            context.Events.Say(
                NoticeLevel.Warning,
                "The run is being stopped and its rollbacks are played; ask once more to leave the remaining rollbacks out");
        }
        else
        {
            context.Events.Say(NoticeLevel.Warning, "The remaining rollbacks are left out on request");
        }
    }

    private async Task UpToTheRollbacksAsync()
    {
        try
        {
            var unloaded = await context.Controls.ConfigureAsync(stop.Run);
            stop.Run.ThrowIfCancellationRequested();
            if (unloaded.Count > 0)
            {
                findings.Problems.AddRange(unloaded);
                findings.Status = RunStatus.Failed;
                return;
            }

            if (!await faults.BeginAsync())
            {
                return;
            }

            if (context.Options.Dry != DryMode.Activities
                && await services.StartAsync(stop.Run) is { Count: > 0 } problems)
            {
                findings.Problems.AddRange(problems);
                findings.Status = RunStatus.Failed;
                return;
            }

            if (!await users.BeginAsync(stop.Run))
            {
                return;
            }

            if (context.Experiment.Hypothesis is null || context.Options.Hypothesis == HypothesisStrategy.Skip)
            {
                context.Events.Publish(new HypothesisSkipped(context.Events.Now, context.Options.Hypothesis == HypothesisStrategy.Skip));
            }

            controlled = context.Controls.Around(ControlLevel.Experiment, context.Experiment.Frame);
            await context.Controls.BeforeAsync(controlled.Value, stop.Run);
            stop.Run.ThrowIfCancellationRequested();
            if (await steadyState.GateAsync() && await method.PlayAsync(steadyState.IsCheckedMeanwhile))
            {
                await steadyState.AfterAsync();
                await faults.LookAsync(isLast: true, stop.Run);
            }
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            // What was cancelled has told so; the rollbacks come next.
        }
    }

    private async Task LookForServicesAsync()
    {
        findings.Notes = services.Adoptions;
        var (ours, adopted) = await services.FindLostAsync(waits: findings.Interruption is null);
        findings.Problems.AddRange(ours);
        findings.LostServices = adopted;
    }

    /// <summary>Whatever is wrong with the runner itself, it must not cost the user the rollbacks, the journal and the verdict.</summary>
    private async Task UnharmedAsync(Func<Task> stage)
    {
        try
        {
            await stage();
        }
#pragma warning disable CA1031 // A mistake in the runner itself: what it comes to is a problem of this run, said with its verdict.
        catch (Exception error)
#pragma warning restore CA1031
        {
            findings.Problems.Add($"the run broke off: {error.GetType().Name}: {error.Message}");
            findings.Status = RunStatus.Aborted;
        }
    }

    private void TakeInterruption()
    {
        if (stop.Interruption is { } interruption)
        {
            findings.Interruption = interruption;
            findings.Status = RunStatus.Interrupted;
        }
    }
}
