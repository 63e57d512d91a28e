using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Controls;

/// <summary>
/// Calls the controls of a run at every place where one may stand. A control that interrupts stops the run through
/// <see cref="RunStop"/>, from whatever thread; one that fails changes nothing. Where there are no controls, nothing is
/// allocated and nothing is awaited.
/// </summary>
/// <param name="controls">What the run is handed.</param>
/// <param name="scene">What all hooks of the run share.</param>
/// <param name="caller">Calls one hook.</param>
/// <param name="stop">Where an interruption goes.</param>
internal sealed class ControlDispatcher(RunControls controls, ControlScene scene, ControlCaller caller, RunStop stop)
{
    private readonly ControlOrder order = new(controls.Global, scene.Experiment, scene.Compatibility);
    private readonly List<ControlSetup> configured = [];
    private readonly HashSet<string> unready = [];

    private bool Compatible => scene.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Why a control stopped the run; null where none did, or somebody else was first.</summary>
    public Interruption? Interruption { get; private set; }

    /// <summary>The passage through a level that begins now.</summary>
    /// <param name="level">The level.</param>
    /// <param name="subject">The live object that it is about.</param>
    public ControlRound Around(ControlLevel level, JsonNode subject) => new(level, subject, order.Before(level, subject as JsonObject));

    /// <summary>Configures every control once, the global ones first.</summary>
    /// <returns>Which could not be loaded, one line each. The reference goes on without them, and so nothing is said of it in compatibility
    /// mode.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<string>> ConfigureAsync(CancellationToken cancellationToken)
    {
        List<string> unloaded = Compatible
            ? []
            : [.. order.MissingReferences().Select(name => $"the control '{name}' that a ref names is declared nowhere; nothing was run")];
        var global = controls.Global
            .DistinctBy(control => control.Name)
            .Select(control => new ControlSetup(control, isGlobal: true, scene));
        var own = order.OfExperiment().Select(control => new ControlSetup(control, isGlobal: false, scene));
        foreach (var setup in global.Concat(own).ToList())
        {
            var (interruption, problem) = await caller.ConfigureAsync(setup, cancellationToken);
            if (problem is null)
            {
                configured.Add(setup);
            }
            else
            {
                Drop(setup);
                if (!Compatible)
                {
                    unloaded.Add($"the control '{setup.Control.Name}' could not be loaded: {problem.TrimEnd('.')}; nothing was run");
                }
            }

            if (interruption is not null && !Compatible)
            {
                Request(interruption);
                break;
            }
        }

        return unloaded;
    }

    /// <summary>Cleans every configured control up: the experiment's, then the global ones, each in the reverse of their order.</summary>
    public async Task CleanupAsync()
    {
        for (var i = configured.Count - 1; i >= 0; i--)
        {
            await caller.CleanupAsync(configured[i], stop.Insisted);
        }

        configured.Clear();
    }

    /// <summary>Plays the method or the rollbacks with the controls around them. The after-hooks are called however that ends.</summary>
    /// <param name="phase">Which of the two.</param>
    /// <param name="body">Plays it.</param>
    /// <param name="cancellationToken">Ends the before-hooks; the after-hooks are called nevertheless.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task AroundAsync(RunPhase phase, Func<Task> body, CancellationToken cancellationToken)
    {
        var round = Around(phase == RunPhase.Method ? ControlLevel.Method : ControlLevel.Rollback, scene.Experiment);
        var begun = false;
        try
        {
            await BeforeAsync(round, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            begun = true;
            await body();
        }
        finally
        {
            if (await AfterAsync(round, () => begun ? controls.Journal?.ReadEntries(phase) : null) is JsonArray entries)
            {
                controls.Journal!.ReplaceEntries(phase, (JsonArray)scene.Mask.Apply(entries)!);
            }
        }
    }

    /// <summary>Calls the after-hooks of the experiment, which may change the journal.</summary>
    /// <param name="round">The passage.</param>
    /// <param name="end">How the run ended.</param>
    /// <returns>The journal as it was changed; null where it was not.</returns>
    public async Task<JsonObject?> AfterExperimentAsync(ControlRound round, RunEnded end)
    {
        if (await AfterAsync(round, () => controls.Journal?.Read(end)) is not JsonObject journal)
        {
            return null;
        }

        controls.Journal!.Replace((JsonObject)scene.Mask.Apply(journal)!);
        return journal;
    }

    /// <summary>Calls the before-hooks; one that interrupts is the last.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask BeforeAsync(ControlRound round, CancellationToken cancellationToken)
    {
        foreach (var control in Called(round.Controls, ControlSide.Before))
        {
            var call = new ControlCall(control, round.Level, ControlSide.Before, scene, round.Subject);
            if (await caller.CallAsync(call, cancellationToken) is { Stop: { } interruption })
            {
                Interrupt(round.Level, ControlSide.Before, interruption);
                return;
            }
        }
    }

    /// <summary>Calls the after-hooks; one that interrupts is the last.</summary>
    /// <param name="round">The passage.</param>
    /// <param name="state">What came of the level; called at most once.</param>
    /// <returns>The state, where a hook changed it; null otherwise.</returns>
    public async ValueTask<JsonNode?> AfterAsync(ControlRound round, Func<JsonNode?> state)
    {
        var live = new Lazy<JsonNode?>(state);
        var changed = false;
        foreach (var control in Called(order.After(round.Controls), ControlSide.After))
        {
            // One that is called when the time is over already is there to hear of it.
            using var both = CancellationTokenSource.CreateLinkedTokenSource(
                stop.Insisted, stop.Overdue.IsCancellationRequested ? CancellationToken.None : stop.Overdue);
            try
            {
                var call = new ControlCall(control, round.Level, ControlSide.After, scene, round.Subject, () => live.Value);
                var (interruption, stateChanged) = await caller.CallAsync(call, both.Token);
                changed |= stateChanged;
                if (interruption is not null)
                {
                    Interrupt(round.Level, ControlSide.After, interruption);
                    break;
                }
            }
            catch (OperationCanceledException) when (!stop.Insisted.IsCancellationRequested)
            {
                caller.TellEnded(control, HookName.Of(round.Level, ControlSide.After));
            }
            catch (OperationCanceledException)
            {
                // Somebody insists on the end; the hooks are the first to be left out.
                break;
            }
        }

        return changed ? live.Value : null;
    }

    private void Interrupt(ControlLevel level, ControlSide side, Interruption interruption)
    {
        if (Compatible && (level, side) == (ControlLevel.Experiment, ControlSide.After))
        {
            return;
        }

        Request(interruption);
    }

    private void Request(Interruption interruption)
    {
        if (stop.RequestOnce(interruption))
        {
            Interruption ??= interruption;
        }
    }

    // The reference says that it takes such a control of the experiment out, and calls it all the same.
    private void Drop(ControlSetup setup)
    {
        if (setup.IsGlobal || !Compatible)
        {
            unready.Add(setup.Control.Name);
        }
    }

    private IEnumerable<ControlDeclaration> Called(IEnumerable<ControlDeclaration> ordered, ControlSide side) =>
        ordered.Where(control => control.Reference is null && control.IsOn(side) && !unready.Contains(control.Name));
}
