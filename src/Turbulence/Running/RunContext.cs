using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Values;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>What every stage of one run shares.</summary>
internal sealed class RunContext(
    Experiment experiment,
    ResolvedValues values,
    RunOptions options,
    ActivityProviders providers,
    ControlDispatcher controls,
    RunEvents events,
    TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, bool> leftOut = [];
    private long activities;

    /// <summary>Knows how the faults of the run stand; null in a run without.</summary>
    public FaultWatch? Faults { get; set; }

    /// <summary>Reads back whether the faults that should be in are in.</summary>
    public Func<CancellationToken, Task> LookAtFaults { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The same run, of whose further steps nobody is told.</summary>
    public RunContext Unheard() =>
        new(Experiment, Values, Options, Providers, Controls, Events.Unheard(), Time) { SideFiles = SideFiles.None };

    /// <summary>What is run.</summary>
    public Experiment Experiment { get; } = experiment;

    /// <summary>Configuration and secrets, resolved.</summary>
    public ResolvedValues Values { get; } = values;

    /// <summary>How it is run.</summary>
    public RunOptions Options { get; } = options;

    /// <summary>Who carries activities out.</summary>
    public ActivityProviders Providers { get; } = providers;

    /// <summary>Calls the controls.</summary>
    public ControlDispatcher Controls { get; } = controls;

    /// <summary>The files beside the journal.</summary>
    public SideFiles SideFiles { get; init; } = SideFiles.None;

    /// <summary>Knows the traces of activities; null where nobody traces the run.</summary>
    public ITraceSource? Traces { get; init; }

    /// <summary>Where everything is told.</summary>
    public RunEvents Events { get; } = events;

    /// <summary>The run's clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Lets one large output at a time become a record.</summary>
    public SemaphoreSlim LargeOutputs { get; } = new(1);

    /// <summary>Whether the reference's rules apply where the two differ.</summary>
    public bool Compatible => Options.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>
    /// The activities that were not carried out because of a dry mode, each once, in the order in which they came up; true for one that
    /// asks for it itself.
    /// </summary>
    public IReadOnlyList<(string Name, bool Itself)> LeftOut
    {
        get
        {
            lock (gate)
            {
                return [.. leftOut.Select(pair => (pair.Key, pair.Value))];
            }
        }
    }

    /// <summary>Notes that <paramref name="activity"/> is not carried out.</summary>
    public void LeaveOut(Activity activity)
    {
        lock (gate)
        {
            leftOut.TryAdd(activity.Name, Options.Dry == DryMode.None);
        }
    }

    /// <summary>The number of the next activity, counted from 1.</summary>
    public long NextActivity() => Interlocked.Increment(ref activities);
}
