using Turbulence.Events;
using Turbulence.Running.Faults;

namespace Turbulence.Tests.Running.Faults;

/// <summary>A keeper that does what the test says.</summary>
internal sealed class ScriptedKeeper : IFaultKeeper
{
    public FaultScene? Scene { get; private set; }

    public int TakenBack { get; private set; }

    public string? Refusal { get; init; }

    public Action<FaultScene>? OnBegin { get; init; }

    public Action<FaultScene>? OnLook { get; set; }

    public Action<FaultScene>? OnTakeBack { get; set; }

    public static FaultReport Fault(FaultState progress, bool? effect = true, bool? confirmed = null, string? problem = null) =>
        new("k3f9", "process.kill", "kill", progress, ["process 4711 (rand-server 8002 primary)"], "start 'rand-server 8002 primary' again")
        {
            Effect = effect is { } seen ? new Evidence(seen, seen ? "process 4711 is gone" : "process 4711 still answers") : null,
            Confirmation = confirmed is { } well ? new Evidence(well, well ? "port 8002 answers again" : "port 8002 refuses") : null,
            Problem = problem,
        };

    /// <summary>For each look whether it was the last.</summary>
    public List<bool> Looks { get; } = [];

    public ValueTask<string?> BeginAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        Scene = scene;
        OnBegin?.Invoke(scene);
        return ValueTask.FromResult(Refusal);
    }

    public ValueTask LookAsync(bool isLast, CancellationToken cancellationToken)
    {
        Looks.Add(isLast);
        OnLook?.Invoke(Scene!);
        return ValueTask.CompletedTask;
    }

    public ValueTask TakeBackAsync()
    {
        TakenBack++;
        OnTakeBack?.Invoke(Scene!);
        return ValueTask.CompletedTask;
    }
}
