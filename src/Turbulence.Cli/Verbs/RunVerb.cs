using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Signals;
using Turbulence.Controls;
using Turbulence.Experiments;
using Turbulence.Experiments.Loading;
using Turbulence.Faults;
using Turbulence.Journals;
using Turbulence.Running;
using Turbulence.Services;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos run SOURCE</c>: runs an experiment and ends with its verdict.</summary>
internal sealed class RunVerb : IAsyncDisposable
{
    private readonly ParseResult parsed;
    private readonly RunSettings options;
    private readonly GlobalSettings settings;
    private readonly Surroundings around;
    private readonly Outputs outputs;
    private readonly RunStop stop = new();
    private readonly SignalWatch signals;
    private readonly FaultRoom faults;
    private ChaosSettings defaults = ChaosSettings.None;
    private IReadOnlyList<ControlDeclaration> globals = [];
    private Problem? firstError;
    private RunEntry? entry;
    private FaultKeeper? keeper;
    private Providers? providers;
    private WorkerHosts? workers;

    private RunVerb(ParseResult parsed, RunSettings options, GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        this.parsed = parsed;
        this.options = options;
        this.settings = settings;
        this.around = around;
        this.outputs = outputs;

        // The signals are ours until the last line is written and the last worker ended: a run that ends is not to be cut off either.
        signals = new SignalWatch(stop.Request);
        faults = new FaultRoom(around);
    }

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
            using var outputs = new Outputs(around, settings, mayBeLive: true);
            await using var run = new RunVerb(parsed, options, settings, around, outputs);
            return await run.InvokeAsync(parsed.GetRequiredValue(source));
        });
        return verb;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (keeper is not null)
        {
            await keeper.DisposeAsync();
        }

        providers?.Dispose();
        if (workers is not null)
        {
            await workers.DisposeAsync();
        }

        if (entry is not null)
        {
            await entry.DisposeAsync();
        }

        signals.Dispose();
        stop.Dispose();
    }

    private async Task<int> InvokeAsync(string source)
    {
        if (!WorkingDirectory.TryMove(settings, outputs))
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        if (parsed.GetValue(options.Strict) && parsed.GetValue(options.NoValidation))
        {
            outputs.Say(NoticeLevel.Error, "--strict is about validation, which --no-validation leaves out; give one of the two");
            return ExitCode.Usage(settings.Compatibility);
        }

        try
        {
            var settingsIntake = new SettingsIntake(outputs, settings);
            defaults = settingsIntake.Read();
            var problems = new ProblemList(new DocumentMap());
            var overrides = Overrides.Read(
                parsed.GetValue(options.VariableFiles) ?? [], parsed.GetValue(options.Variables) ?? [], settings.Compatibility, problems);
            globals = GlobalControls.Read(defaults.Controls, parsed.GetValue(options.ControlFiles) ?? [], problems);
            if (Refuses(problems, "chaos"))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            // As in the reference, what a dotenv file says is there for every program that the run starts; the first may be a worker.
            RunMark.MarkThisProcess();
            foreach (var (name, value) in overrides.Environment)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            // Before anything that is not ours is called: a halt waits for what is entered.
            entry = faults.Enter(source, trouble => stop.RequestOnce(new Interruption(InterruptionCause.Experiment, trouble)));
            if (Halted() is { } early)
            {
                return early;
            }

            workers = new WorkerHosts(settings, source, outputs, stop, around.Time);
            var intake = new Intake(outputs, settings, defaults.Auths, around.Time) { Strict = parsed.GetValue(options.Strict) };
            if (await LoadAsync(source, intake, settingsIntake.File.Folder) is not { } loaded)
            {
                return ExitCode.Invalid(settings.Compatibility);
            }

            await using var notifications = new VerbNotifications(
                outputs, settings, "run", settingsIntake.File.Folder, defaults.Notifications, around.Time, stop);
            await notifications.StartedAsync(loaded.Document);
            await workers.MoveAsync(loaded.BaseDirectory);
            var title = PythonText.Of(loaded.Document["title"]);
            var journal = parsed.GetValue(options.JournalPath) is { Length: > 0 } path ? Path.GetFullPath(path) : null;
            entry.Amend(run => run with { Title = title, Journal = journal });
            keeper = faults.Keeper(title, loaded.BaseDirectory, journal, entry);
            providers = new Providers(settings.Compatibility, loaded.BaseDirectory, workers, faults.Provider(keeper));
            var sources = Overrides.Sources(overrides, loaded.BaseDirectory, settings.Compatibility, around.Time);
            if (!parsed.GetValue(options.NoValidation))
            {
                if (!await intake.ValidateAsync(loaded, providers.All, providers.Controls, sources, stop.Run))
                {
                    await notifications.RefusedAsync(intake.FirstError);
                    return ExitCode.Invalid(settings.Compatibility);
                }

                outputs.Say(NoticeLevel.Information, "Experiment looks valid");
            }
            else if (!intake.CanRead(loaded))
            {
                await notifications.RefusedAsync(intake.FirstError);
                return ExitCode.Invalid(settings.Compatibility);
            }

            if (await new RunAdmission(faults, outputs, settings).RefuseAsync() is { } refused)
            {
                await notifications.RefusedAsync(null);
                return refused;
            }

            // The time limit counts dynamic configuration, too: it may call whatever it likes.
            using var limit = new RunTimeLimit(new RunPlan(options, parsed, defaults.Runtime).For(Experiment(loaded), settings.Compatibility).Timeout, stop, around.Time);
            if (await ResolveAsync(loaded, sources) is { } values)
            {
                return Halted() ?? await RunAsync(loaded, values, notifications, limit);
            }

            await notifications.RefusedAsync(firstError);
            return ExitCode.Invalid(settings.Compatibility);
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            outputs.Say(NoticeLevel.Warning, $"{stop.Interruption!.Message.TrimEnd('.')}; nothing was run yet");
            return ExitCode.Stopped(settings.Compatibility);
        }
    }

    /// <summary>Asks at a door whether everything is halted.</summary>
    /// <returns>The exit code; null where the run may go on.</returns>
    private int? Halted()
    {
        if (entry!.Refusal() is not { } halted)
        {
            return null;
        }

        outputs.Say(NoticeLevel.Critical, $"Nothing is run: {halted}");
        return ExitCode.Stopped(settings.Compatibility);
    }

    private async Task<LoadedExperiment?> LoadAsync(string source, Intake intake, string settingsFolder)
    {
        using var early = new Providers(settings.Compatibility, settingsFolder, workers!);
        foreach (var control in globals.Where(control => !early.Controls.TryGet(control.ProviderType, out _)))
        {
            outputs.Say(NoticeLevel.Warning, $"The global control '{control.Name}' is not carried out: there is no provider for its type '{control.ProviderType}'");
        }

        var hooks = new LoaderControls(Controls(early, null), source, stop, settings.Compatibility, around.Time, outputs.Say);
        LoadedExperiment? loaded = null;
        try
        {
            await hooks.BeforeAsync();
            stop.Run.ThrowIfCancellationRequested();
            loaded = await intake.LoadAsync(source, !parsed.GetValue(options.NoVerifyTls), stop.Run);
        }
        finally
        {
            await hooks.AfterAsync(loaded?.Document);
        }

        stop.Run.ThrowIfCancellationRequested();
        return loaded;
    }

    private RunControls Controls(Providers carriers, JournalWriter? journal) =>
        new(carriers.Controls) { Global = globals, Settings = defaults.Root, Journal = journal };

    private async Task<ResolvedValues?> ResolveAsync(LoadedExperiment loaded, ValueSources sources)
    {
        var problems = new ProblemList(loaded.Map);
        var values = await new ValueResolver(sources).ResolveAsync(loaded.Document, providers!.RunAsync, problems, stop.Run);
        workers!.Hide(values);
        return Refuses(problems, loaded.DisplayName) ? null : values;
    }

    private bool Refuses(ProblemList problems, string source)
    {
        firstError = problems.FirstOrDefault(static problem => problem.Severity == ProblemSeverity.Error);
        if (problems.Count > 0)
        {
            outputs.Say(problems, source, settings.Compatibility);
        }

        return problems.HasErrors;
    }

    private static Experiment Experiment(LoadedExperiment loaded) => new(loaded.Document, loaded.Map, loaded.DisplayName, loaded.BaseDirectory);

    private async Task<int> RunAsync(LoadedExperiment loaded, ResolvedValues values, VerbNotifications notifications, RunTimeLimit limit)
    {
        var experiment = Experiment(loaded);
        var path = parsed.GetValue(options.JournalPath)!;
        JournalWriter journal;
        try
        {
            journal = new JournalWriter(path, new JournalHead(ChaosCommand.Version), around.Time, isPrivate: settings.Compatibility == Compatibility.None);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            outputs.Say(NoticeLevel.Error, $"The journal {path} cannot be written, so nothing was run: {problem.Message}");
            return ExitCode.Invalid(settings.Compatibility);
        }

        using (journal)
        {
            var plan = new RunPlan(options, parsed, defaults.Runtime);
            if (plan.IsMisspelt(experiment, settings.Compatibility))
            {
                outputs.Say(NoticeLevel.Warning, $"The hypothesis strategy '{HypothesisStrategyName.Misspelt}' is deprecated; write 'continuously'");
            }

            var how = plan.For(experiment, settings.Compatibility);
            var runner = new ExperimentRunner(
                experiment, values, how, providers!.All, stop, around.Time, new RunEquipment { Controls = Controls(providers, journal), Faults = keeper!, TimeLimit = limit }, [journal, .. outputs.BeginRun()]);
            var outcome = await runner.RunAsync();
            outputs.EndRun();
            if (journal.Failure is { } failure)
            {
                outputs.Say(NoticeLevel.Error, $"The journal {path} is not complete: {failure}");
            }

            await notifications.EndedAsync(outcome, path);
            return outcome.ExitCode;
        }
    }
}
