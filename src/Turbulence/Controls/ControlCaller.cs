using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Values;

namespace Turbulence.Controls;

/// <summary>
/// Calls one hook of one control, whatever that does: writes what it changed into the live objects, says what went wrong,
/// and tells whether the run has to stop.
/// </summary>
/// <param name="providers">Who carries controls out.</param>
/// <param name="scene">What all hooks of the run share.</param>
/// <param name="say">Says a line for people.</param>
internal sealed class ControlCaller(ControlProviders providers, ControlScene scene, Action<NoticeLevel, string> say)
{
    private const int UngracefulExit = 30;

    private readonly HashSet<string> complained = [];
    private readonly JsonObject initial = (JsonObject)scene.Values.Secrets.DeepClone();

    /// <summary>Called after something was written into the live experiment, configuration or secrets.</summary>
    public Action<ControlObject> Changed { get; init; } = static _ => { };

    private bool Compatible => scene.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Calls a hook.</summary>
    /// <returns>Why the run has to stop, or null; and whether <see cref="ControlCall.State"/> was changed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<(Interruption? Stop, bool StateChanged)> CallAsync(ControlCall call, CancellationToken cancellationToken)
    {
        if (!providers.TryGet(call.Control.ProviderType, out var provider))
        {
            return default;
        }

        var result = await TryAsync(() => Unresolved(call) is { } missing
            ? ValueTask.FromResult(ControlResult.Failed(missing))
            : provider.CallAsync(call, cancellationToken));
        var changed = result.Changes is { } changes && Write(call, changes);
        return (Told(call.Control, HookName.Of(call.Level, call.Side), result), changed);
    }

    /// <summary>Configures a control.</summary>
    /// <returns>Why the run has to stop, or null; and why the control cannot be called from now on, or null.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<(Interruption? Stop, string? Problem)> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken)
    {
        if (!providers.TryGet(setup.Control.ProviderType, out var provider))
        {
            return (null, $"there is no provider for its type '{setup.Control.ProviderType}'");
        }

        if (!Compatible && Mistake(provider, setup.Control) is { } mistake)
        {
            return (null, mistake);
        }

        var result = await TryAsync(() => provider.ConfigureAsync(setup, cancellationToken));
        if (result.Changes is { } changes)
        {
            // Nothing else is called meanwhile, so what is live now is what it was handed.
            Write(new ControlCall(setup.Control, ControlLevel.Experiment, ControlSide.Before, scene, scene.Experiment), changes);
        }

        return (Told(setup.Control, HookName.Configure, result), result.End == ControlEnd.Failed ? result.Message : null);
    }

    // Global controls, and those of a run without validation, were looked at by nobody yet.
    private static string? Mistake(IControlProvider provider, ControlDeclaration control)
    {
        var problems = new ProblemList(new DocumentMap());
        provider.Validate(control, DocumentPath.Root, problems);
        return problems.FirstOrDefault(static problem => problem.Severity == ProblemSeverity.Error)?.Message;
    }

    /// <summary>Cleans a control up. What goes wrong is said, and changes nothing.</summary>
    public async ValueTask CleanupAsync(ControlSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            if (providers.TryGet(setup.Control.ProviderType, out var provider))
            {
                Told(setup.Control, HookName.Cleanup, await TryAsync(() => provider.CleanupAsync(setup, cancellationToken)));
            }
        }
        catch (OperationCanceledException)
        {
            say(NoticeLevel.Warning, $"Control '{setup.Control.Name}' was not cleaned up to its end");
        }
    }

    /// <summary>Says that a hook was ended since the time of the experiment is over.</summary>
    public void TellEnded(ControlDeclaration control, string hook) =>
        say(NoticeLevel.Warning, $"Control '{control.Name}' was ended in {hook}: the time limit of the experiment is over");

    private static async ValueTask<ControlResult> TryAsync(Func<ValueTask<ControlResult>> hook)
    {
        try
        {
            return await hook();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // A mistake in a provider must not cost the user the rollbacks and the journal.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ControlResult.Failed($"{error.GetType().Name}: {error.Message}", (error.StackTrace ?? "").Split('\n'));
        }
    }

    private string? Unresolved(ControlCall call) =>
        !Compatible && call.Arguments is not null && call.Unresolved.Count > 0
            ? $"${{{call.Unresolved.First()}}} has no value in the configuration or the secrets"
            : null;

    private Interruption? Told(ControlDeclaration control, string hook, ControlResult result)
    {
        switch (result.End)
        {
            case ControlEnd.Interrupted:
                return new Interruption(InterruptionCause.Experiment, result.Message!);
            case ControlEnd.Exited:
                return new Interruption(
                    InterruptionCause.ExitSignal, $"Received the exit signal: {result.Message}", KeepFaults: result.Code == UngracefulExit);
            case ControlEnd.Failed:
                bool first;
                lock (complained)
                {
                    first = complained.Add(control.Name);
                }

                // The reference says it to nobody but who debugs; a control that never works then looks like one that does.
                var goesOn = first && !Compatible && hook != HookName.Configure;
                say(
                    first && !Compatible ? NoticeLevel.Warning : NoticeLevel.Debug,
                    $"Control '{control.Name}' failed in {hook}: {result.Message}"
                    + (goesOn ? "; the run goes on, and what it fails in from now on is said with --verbose only" : ""));
                foreach (var line in result.Trace)
                {
                    say(NoticeLevel.Debug, line.TrimEnd('\n'));
                }

                return null;
            default:
                return null;
        }
    }

    private bool Write(ControlCall call, ControlChanges changes)
    {
        var insideExperiment = changes.Experiment is not null && call.ContextPointer is not null;
        Write(call, ControlObject.Experiment, changes.Experiment);
        if (!insideExperiment)
        {
            Write(call, ControlObject.Context, changes.Context);
        }

        Write(call, ControlObject.Configuration, changes.Configuration);
        Write(call, ControlObject.Secrets, changes.Secrets);
        return Write(call, ControlObject.State, changes.State);
    }

    private bool Write(ControlCall call, ControlObject which, JsonNode? after)
    {
        if (after is null)
        {
            return false;
        }

        var before = call.Before(which);
        var old = which == ControlObject.Secrets ? before : null;
        bool written;
        lock (scene.Gate)
        {
            written = JsonDifference.Write(call.Live(which), before, after);
        }

        if (written && which != ControlObject.State)
        {
            if (old is not null || which == ControlObject.Configuration)
            {
                scene.Mask = Mask(old);
            }

            Changed(which);
        }

        return written;
    }

    // What was a secret stays one: it may stand in an output that is told only later.
    private SecretMask Mask(JsonNode? old) => SecretMask.For(new ResolvedValues(
        scene.Values.Configuration,
        new JsonObject { ["now"] = scene.Values.Secrets.DeepClone(), ["before"] = old?.DeepClone(), ["always"] = initial.DeepClone() }));
}
