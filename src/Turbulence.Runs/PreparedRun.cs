using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Faults;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Load.Users;
using Turbulence.Loading;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Running;
using Turbulence.Runs.Composition;
using Turbulence.Runs.Loading;
using Turbulence.Runs.Planning;
using Turbulence.Runs.Requests;
using Turbulence.Services;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Runs;

/// <summary>
/// An experiment that was loaded and validated, with everybody who is needed to plan and to run it:
/// <code>
///   given values ─▶ entered in the ledger ─▶ loaded ─▶ equipped ─▶ validated ─┬─ plan ─▶ what would be hit
///     │               │                        │                     │        └─ run ─▶ admitted ─▶ values ─▶ journal ─▶ outcome
///     └───────────────┴────────────────────────┴─────────────────────┴─▶ refusal ◀─────────┴───────────┴─────────┘
/// </code>
/// A run is entered before the first code that is not ours is called, since a halt waits for what is entered. Disposing takes everything
/// away that is left of it.
/// </summary>
public sealed class PreparedRun : IAsyncDisposable
{
    private readonly ExperimentSource source;
    private readonly RunRequest request;
    private readonly RunPlace place;
    private readonly RunStop stop;
    private readonly bool ownsStop;
    private readonly IRunListener listener;
    private readonly ExperimentIntake intake;
    private readonly RunEnvironment environment;
    private readonly FaultRoom faults;
    private readonly RunWorkers workers;
    private VariableOverrides given = VariableOverrides.None;
    private IReadOnlyList<ControlDeclaration> globals = [];
    private LoadedExperiment? loaded;
    private RunEntry? entry;
    private FaultKeeper? keeper;
    private UserLoad? users;
    private RunProviders? providers;
    private bool hasRun;

    private PreparedRun(ExperimentSource source, RunRequest request, RunPlace place, RunStop? stop, IRunListener listener)
    {
        this.source = source;
        this.request = request;
        this.place = place;
        ownsStop = stop is null;
        this.stop = stop ?? new RunStop();
        this.listener = listener;
        intake = new ExperimentIntake(request, place, listener);
        faults = new FaultRoom(place);
        var mark = RunMark.New();
        environment = new RunEnvironment(place.Environment, place.Folder, mark) { ClockFolder = faults.Ledger.ClocksOf(mark) };
        workers = new RunWorkers(place, request.Compatibility, environment, source.FolderIn(place), listener.Say, this.stop);
    }

    /// <summary>Why it can be neither planned nor run; null where it can. All but an interruption was told to the listener.</summary>
    public RunRefusal? Refusal { get; private set; }

    /// <summary>Everything that was found wrong so far, warnings included.</summary>
    public IReadOnlyList<Problem> Problems => intake.Problems;

    /// <summary>The experiment; null where it could not be loaded.</summary>
    public JsonObject? Document => loaded?.Document;

    /// <summary>The run's id, once it is entered.</summary>
    internal string Id => entry?.Record.Id ?? "";

    /// <summary>Why the journal of the run is not complete; null where it is, or there is none.</summary>
    public string? JournalFailure { get; private set; }

    /// <summary>Prepares an experiment.</summary>
    /// <param name="source">The experiment.</param>
    /// <param name="request">How it is to be run.</param>
    /// <param name="purpose">What it is prepared for.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="stop">Where others ask it to stop, from now on; null where nobody does.</param>
    /// <param name="listener">Hears what is said on the way.</param>
    /// <returns>The run, ready or refused; to be disposed either way.</returns>
    internal static async Task<PreparedRun> PrepareAsync(
        ExperimentSource source, RunRequest request, RunPurpose purpose, RunPlace place, RunStop? stop, IRunListener listener)
    {
        var run = new PreparedRun(source, request, place, stop, listener);
        try
        {
            run.Refusal = await run.UnlessStoppedAsync(() => run.PrepareAsync(purpose));
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says what a run would do and hit, as things are now. Nothing is touched, and no probe is asked.</summary>
    /// <exception cref="RunRefusedException">It cannot be run.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public async Task<PlannedRun> PlanAsync()
    {
        var ready = Ready();

        // Validation has told what is wrong with them, and found no error.
        var values = await new ValueResolver(Sources(ready)).ResolveForValidationAsync(ready.Frame, new ProblemList(ready.Map), stop.Run);
        var experiment = Experiment(ready);
        return await new RunPlanner(providers!.All, experiment, values).PlanAsync(
            new RuntimeChoices(request, experiment).Safeguards, Users(ready) as JsonObject, stop.Run);
    }

    /// <summary>Runs it to its end, rollbacks included, whatever happens on the way. It can be run once.</summary>
    /// <param name="observers">Who hears its events, after the journal. Default: nobody.</param>
    /// <param name="cancellationToken"> Asks it to stop, as Ctrl-C asks the command: its declared rollbacks are played, everything is taken
    /// back, and the outcome says <see cref="Verdict.Interrupted"/>.
    /// </param>
    /// <exception cref="RunRefusedException">It cannot be run, or was asked to stop before it began; nothing was run.</exception>
    public async Task<RunOutcome> RunAsync(IEnumerable<IRunObserver>? observers = null, CancellationToken cancellationToken = default)
    {
        Ready();
        await using var asked = cancellationToken.Register(
            () => stop.Request(new Interruption(InterruptionCause.Termination, "The caller asked the run to stop")));
        var (outcome, refusal) = await AttemptAsync(() => observers ?? []);
        return outcome ?? throw new RunRefusedException(refusal!);
    }

    /// <summary>Runs it, or says why not.</summary>
    /// <param name="observe">Gives who hears its events, when it begins.</param>
    internal async Task<(RunOutcome? Outcome, RunRefusal? Refusal)> AttemptAsync(Func<IEnumerable<IRunObserver>> observe)
    {
        if (hasRun)
        {
            throw new InvalidOperationException("A prepared run can be run once.");
        }

        hasRun = true;
        RunOutcome? outcome = null;
        Refusal = await UnlessStoppedAsync(async () =>
        {
            stop.Run.ThrowIfCancellationRequested();
            if (await new RunAdmission(faults, listener.Say).RefuseAsync() is { } refused)
            {
                return Told(refused);
            }

            // The time limit counts dynamic configuration, too: it may call whatever it likes.
            var experiment = Experiment(loaded!);
            using var limit = new RunTimeLimit(new RuntimeChoices(request, experiment).Decide().Timeout, stop, place.Time);
            var problems = new ProblemList(loaded!.Map);
            var values = await new ValueResolver(Sources(loaded)).ResolveAsync(loaded.Frame, providers!.RunAsync, problems, stop.Run);
            workers.Hide(values);
            if (!intake.Accepts([.. problems], loaded.DisplayName))
            {
                return Invalid();
            }

            if (Halted() is { } halted)
            {
                return halted;
            }

            (outcome, var unwritten) = await RunAsync(experiment, values, limit, observe);
            return unwritten;
        });
        return (outcome, Refusal);
    }

    /// <summary>Reads back from the system how its faults that are in stand.</summary>
    /// <returns>What was seen of each.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Task<IReadOnlyList<Evidence>> LookAsync(CancellationToken cancellationToken) =>
        keeper?.SeeAsync(cancellationToken) ?? Task.FromResult<IReadOnlyList<Evidence>>([]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (users is not null)
        {
            await users.DisposeAsync();
        }

        if (keeper is not null)
        {
            await keeper.DisposeAsync();
        }

        providers?.Dispose();
        await workers.DisposeAsync();
        if (entry is not null)
        {
            await entry.DisposeAsync();
        }

        if (ownsStop)
        {
            stop.Dispose();
        }
    }

    private async Task<RunRefusal?> PrepareAsync(RunPurpose purpose)
    {
        var problems = new ProblemList(new DocumentMap());
        given = GivenValues.Read(request, place, problems);
        if (request.Users is { } asked && UserBlock.Problem(asked) is { } wrong)
        {
            problems.Error(DocumentPath.Root, $"users: {wrong}");
        }

        globals = GlobalControls.Read(request.Settings.Controls, request.ControlFiles, problems, place.Folder);
        if (!intake.Accepts([.. problems], "chaos"))
        {
            return new RunRefusal(RefusalKind.Usage, intake.FirstError!.Message) { Error = intake.FirstError };
        }

        // As in the reference, what a dotenv file says is there for every program that the run starts; the first may be a worker.
        environment.Give(given.Environment);
        if (purpose == RunPurpose.Run)
        {
            entry = faults.Enter(source.Name, trouble => stop.RequestOnce(new Interruption(InterruptionCause.Experiment, trouble)));
            if (Halted() is { } halted)
            {
                return halted;
            }
        }

        loaded = purpose == RunPurpose.Run ? await LoadControlledAsync() : await intake.LoadAsync(source, stop.Run);
        if (loaded is null)
        {
            return Invalid();
        }

        await listener.LoadedAsync(loaded);
        await workers.MoveAsync(loaded.BaseDirectory);
        Equip(loaded);
        var isReady = request.SkipValidation
            ? intake.CanRead(loaded)
            : await intake.ValidateAsync(loaded, providers!.All, providers.Controls, Sources(loaded), stop.Run);

        // The places in a large experiment take as much memory as the rest of a run. From here on only its values are still told about.
        loaded = loaded with { Map = loaded.Map.Only("configuration", "secrets") };
        return isReady ? null : Invalid();
    }

    private async Task<LoadedExperiment?> LoadControlledAsync()
    {
        using var early = new RunProviders(request.Compatibility, request.SettingsFolder ?? place.FullPath("."), workers);
        foreach (var control in globals.Where(control => !early.Controls.TryGet(control.ProviderType, out _)))
        {
            listener.Say(
                NoticeLevel.Warning,
                $"The global control '{control.Name}' is not carried out: there is no provider for its type '{control.ProviderType}'");
        }

        var hooks = new LoaderControls(Controls(early, null), source.Name, stop, request.Compatibility, place.Time, listener.Say);
        LoadedExperiment? read = null;
        try
        {
            await hooks.BeforeAsync();
            stop.Run.ThrowIfCancellationRequested();
            read = await intake.LoadAsync(source, stop.Run);
        }
        finally
        {
            await hooks.AfterAsync(globals.Count == 0 ? read?.Frame : read?.Document);
        }

        stop.Run.ThrowIfCancellationRequested();
        return read;
    }

    private void Equip(LoadedExperiment experiment)
    {
        var title = PythonText.Of(experiment.Frame["title"]);
        var journal = request.JournalPath is { Length: > 0 } path ? place.FullPath(path) : null;
        entry?.Amend(run => run with { Title = title, Journal = journal });
        keeper = faults.Keeper(title, experiment.BaseDirectory, journal, entry, environment.Mark);
        users = Users(experiment) is { } declared ? new UserLoad(declared.DeepClone(), place.Time) : null;
        providers = new RunProviders(
            request.Compatibility,
            experiment.BaseDirectory,
            workers,
            [faults.Provider(keeper), new SpansProvider(keeper), .. source.Providers]);
    }

    private async Task<(RunOutcome? Outcome, RunRefusal? Unwritten)> RunAsync(
        Experiment experiment, ResolvedValues values, RunTimeLimit limit, Func<IEnumerable<IRunObserver>> observe)
    {
        JournalWriter? journal = null;
        try
        {
            journal = request.JournalPath is { } path
                ? new JournalWriter(
                    place.FullPath(path),
                    new JournalHead(place.Version),
                    place.Time,
                    isPrivate: request.Compatibility == Compatibility.None)
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            listener.Say(NoticeLevel.Error, $"The journal {request.JournalPath} cannot be written, so nothing was run: {problem.Message}");
            return (null, new RunRefusal(RefusalKind.Invalid, $"the journal {request.JournalPath} cannot be written: {problem.Message}"));
        }

        using (journal)
        {
            var choices = new RuntimeChoices(request, experiment);
            if (choices.IsMisspelt)
            {
                listener.Say(
                    NoticeLevel.Warning,
                    $"The hypothesis strategy '{HypothesisStrategyName.Misspelt}' is deprecated; write 'continuously'");
            }

            var equipment = new RunEquipment
            {
                RunId = entry!.Record.Id,
                Program = new RunProgram(AppDomain.CurrentDomain.FriendlyName, place.Version),
                Controls = Controls(providers!, journal),
                Faults = keeper!,
                Users = users,
                Proxies = faults.Proxies,
                Environment = environment,
                TimeLimit = limit,
                SideFiles = new SideFiles(journal?.SideFolder),
            };
            IEnumerable<IRunObserver?> first = [journal, users, .. providers!.Observers];
            List<IRunObserver> observers = [.. first.OfType<IRunObserver>(), .. observe()];
            var outcome = await new ExperimentRunner(
                experiment, values, choices.Decide() with
                {
                    Seed = place.Seed ?? new Random().Next(),
                }, providers!.All, stop, place.Time, equipment with
                {
                    Traces = observers.OfType<ITraceSource>().FirstOrDefault(),
                }, observers).RunAsync();
            JournalFailure = journal?.Failure;
            return (outcome, null);
        }
    }

    // A request to stop that comes before the run begins ends it wherever it is.
    private async Task<RunRefusal?> UnlessStoppedAsync(Func<Task<RunRefusal?>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            return new RunRefusal(RefusalKind.Stopped, stop.Interruption!.Message) { IsInterruption = true };
        }
    }

    private LoadedExperiment Ready() => Refusal is { } refusal ? throw new RunRefusedException(refusal) : loaded!;

    private RunRefusal? Halted() => entry!.Refusal() is { } halted ? Told(RunAdmission.Halted(halted)) : null;

    private RunRefusal Told(RunRefusal refusal)
    {
        listener.Say(NoticeLevel.Critical, refusal.Text);
        return refusal;
    }

    private RunRefusal Invalid() =>
        new(RefusalKind.Invalid, intake.FirstError?.Message ?? "the experiment cannot be run") { Error = intake.FirstError };

    private ValueSources Sources(LoadedExperiment experiment) => GivenValues.Sources(given, experiment.BaseDirectory, request, place);

    private JsonNode? Users(LoadedExperiment experiment) =>
        request.Users is { } beside ? UserBlock.Parse(beside) : UserBlock.Find(experiment.Frame);

    private RunControls Controls(RunProviders carriers, JournalWriter? journal) =>
        new(carriers.Controls) { Global = globals, Settings = request.Settings.Root, Journal = journal };

    private static Experiment Experiment(LoadedExperiment read) => new(read.Frame, read.Map, read.DisplayName, read.BaseDirectory);
}
