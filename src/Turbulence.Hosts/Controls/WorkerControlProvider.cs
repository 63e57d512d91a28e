using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Hosts.Activities;
using Turbulence.Hosts.Lookup;
using Turbulence.Hosts.Workers;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Hosts.Controls;

/// <summary>Calls the hooks of controls that are code in a language with a worker.</summary>
public abstract class WorkerControlProvider : IControlProvider, IDisposable
{
    private readonly WorkerHost host;
    private readonly RequiredText[] required;
    private readonly CodeLookup lookup;
    private readonly ConcurrentDictionary<JsonObject, ConfiguredControl> configured = new(ReferenceEqualityComparer.Instance);
    private readonly SemaphoreSlim configuring = new(1);

    /// <param name="host">The language's worker.</param>
    /// <param name="required">The keys that say what to call.</param>
    private protected WorkerControlProvider(WorkerHost host, params RequiredText[] required)
    {
        this.host = host;
        this.required = required;
        lookup = new CodeLookup(host, "controls");
    }

    /// <inheritdoc/>
    public abstract string Type { get; }

    /// <inheritdoc/>
    public ValueTask PrepareAsync(IReadOnlyList<ControlDeclaration> controls, CancellationToken cancellationToken) => lookup.LookUpAsync(
        [.. controls.Where(control => !Missing(control).Any()).Select(Item)],
        cancellationToken);

    /// <inheritdoc/>
    public void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
        foreach (var missing in Missing(control))
        {
            problems.Error(path["provider"], $"Control '{control.Name}' {missing.Problem}");
        }

        if (!ControlLimit.TryRead(control, out _))
        {
            problems.Error(path["provider"]["timeout"], $"Control '{control.Name}' timeout must be a number of seconds above 0");
        }

        lookup.Tell(control.Declaration, path, problems);
    }

    /// <inheritdoc/>
    public async ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken)
    {
        var (generation, problem) = await host.ReadyAsync(cancellationToken);
        if (problem is not null)
        {
            return ControlResult.Failed(problem);
        }

        var (outcome, failure) = await CallAsync(
            HookName.Configure, setup.Control, setup.Scene, writer => HookMessage.Write(
                writer, setup, HookName.Configure), cancellationToken);
        if (outcome is null)
        {
            return failure!;
        }

        configured[setup.Control.Declaration] = new ConfiguredControl(setup, HookTable.Read(outcome.Hooks), generation);
        return HookResult.Of(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken)
    {
        var hook = HookName.Of(call.Level, call.Side);
        var known = configured.GetValueOrDefault(call.Control.Declaration);
        if ((known?.Hooks ?? HookTable.Unknown).Wanted(hook) is not { } wanted)
        {
            return ControlResult.Continue;
        }

        if (known is not null)
        {
            await ConfigureAgainAsync(known, cancellationToken);
        }

        // What it changes is held against what there was when it was called: another hook may be answered meanwhile, and its changes are
        // not to be taken back.
        _ = (call.Experiment, call.Configuration, call.Secrets);
        var (outcome, failure) = await CallAsync(
            "hook", call.Control, call.Scene, writer => HookMessage.Write(writer, call, wanted), cancellationToken, hook, known);
        return outcome is null ? failure! : HookResult.Of(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken)
    {
        if (!configured.TryRemove(setup.Control.Declaration, out var known) || known.Hooks.Wanted(HookName.Cleanup) is null)
        {
            return ControlResult.Continue;
        }

        var (outcome, failure) = await CallAsync(
            HookName.Cleanup, setup.Control, setup.Scene, writer => HookMessage.Write(writer, setup, HookName.Cleanup), cancellationToken);
        return outcome is null ? failure! : HookResult.Of(outcome);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        configuring.Dispose();
        GC.SuppressFinalize(this);
    }

    private IEnumerable<RequiredText> Missing(ControlDeclaration control) =>
        required.Where(one => !JsonTexts.TryRead(control.Provider[one.Key], out var text) || text.Length == 0);

    private static DeclaredItem Item(ControlDeclaration control) => new(
        control.Declaration,
        writer => HookMessage.WriteDeclared(writer, control),
        problem => new CodeProblem(ProblemSeverity.Warning, ["provider"], $"Control '{control.Name}' does nothing: {problem}"));

    /// <summary>A worker that took a dead one's place knows nothing of the control yet.</summary>
    private async ValueTask ConfigureAgainAsync(ConfiguredControl known, CancellationToken cancellationToken)
    {
        if (await host.ReadyAsync(cancellationToken) is (var current, null) && current != known.Generation)
        {
            await configuring.WaitAsync(cancellationToken);
            try
            {
                if (configured.GetValueOrDefault(known.Setup.Control.Declaration)?.Generation == known.Generation)
                {
                    await ConfigureAsync(known.Setup, cancellationToken);
                }
            }
            finally
            {
                configuring.Release();
            }
        }
    }

    private async ValueTask<(Outcome? Outcome, ControlResult? Failure)> CallAsync(
        string method,
        ControlDeclaration control,
        ControlScene scene,
        Action<Utf8JsonWriter> parameters,
        CancellationToken cancellationToken,
        string? hook = null,
        ConfiguredControl? known = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = ControlLimit.TryRead(control, out var limit);
        var subject = $"{hook ?? method} of control '{control.Name}'";
        var call = new WorkerCall(method, subject, parameters)
        {
            Limit = limit,
            Say = scene.Say,
            Mask = Mask,
            Prepare = known is null ? null : token => ConfigureAgainAsync(known, token),
        };
        var answer = await host.CallAsync(call, cancellationToken);
        if (!answer.IsAnswered)
        {
            return (null, ControlResult.Failed(ShownText.Shortened(answer.Problem, Mask), ShownText.Shortened(answer.LastWords, Mask)));
        }

        return Outcome.TryRead(answer.Result, Mask, out var outcome)
            ? (outcome, null)
            : (null, ControlResult.Failed($"the {host.Language} worker's answer to {subject} cannot be read"));

        SecretMask Mask() => scene.Mask;
    }
}
