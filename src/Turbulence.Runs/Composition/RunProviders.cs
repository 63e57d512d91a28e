using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Activities.Processes;
using Turbulence.Controls;
using Turbulence.Controls.Http;
using Turbulence.Controls.Processes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Hosts.Activities;
using Turbulence.Hosts.Controls;
using Turbulence.Load.Activities;
using Turbulence.Values;

namespace Turbulence.Runs.Composition;

/// <summary>Puts together who carries activities and controls out; a new kind of provider is one line here.</summary>
internal sealed class RunProviders : IDisposable
{
    private readonly HttpProvider http;
    private readonly HttpControlProvider httpControls = new();
    private readonly PythonControlProvider pythonControls;
    private readonly DotNetControlProvider dotNetControls;
    private readonly LoadProvider load = new();
    private readonly Compatibility compatibility;
    private readonly RunWorkers workers;

    /// <summary>Makes the set; nothing is opened or started before an activity needs it.</summary>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="experimentDirectory">The experiment's folder.</param>
    /// <param name="workers">Carry foreign code out; they outlive the set.</param>
    /// <param name="more">Who belongs to a room of its own.</param>
    public RunProviders(
        Compatibility compatibility, string experimentDirectory, RunWorkers workers, params IEnumerable<IActivityProvider> more)
    {
        this.compatibility = compatibility;
        this.workers = workers;
        http = new HttpProvider(new HttpSurroundings
        {
            NetrcPath = workers.Environment.Find("NETRC") is { Length: > 0 } named ? named : null,
            Proxy = EnvironmentProxy.Of(workers.Environment.Find, Environment.GetEnvironmentVariable),
        });
        pythonControls = new PythonControlProvider(workers.Python);
        dotNetControls = new DotNetControlProvider(workers.DotNet);
        All = new ActivityProviders(
        [
            http,
            new ProcessProvider(compatibility == Compatibility.None ? experimentDirectory : null, environment: workers.Environment),
            new PythonProvider(workers.Python),
            new DotNetProvider(workers.DotNet),
            load,
            .. more,
        ]);
        Controls = new ControlProviders(
            httpControls, new ProcessControlProvider(experimentDirectory, workers.Environment), pythonControls, dotNetControls);
    }

    /// <summary>Who carries activities out.</summary>
    public ActivityProviders All { get; }

    /// <summary>Those of them who hear of what happens in the run.</summary>
    public IEnumerable<IRunObserver> Observers => [load];

    /// <summary>Who carries controls out.</summary>
    public ControlProviders Controls { get; }

    /// <summary>
    /// Carries out a probe of the configuration: before the run, and with no place in it. Its code may see every secret, as in the
    /// reference; in the default mode a probe that lists scopes has those.
    /// </summary>
    /// <param name="probe">The probe, which nobody else holds.</param>
    /// <param name="values">What is resolved so far.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    public ValueTask<ActivityResult> RunAsync(Activity probe, ResolvedValues values, CancellationToken cancellationToken)
    {
        if (!All.TryGet(probe.ProviderType, out var provider))
        {
            return ValueTask.FromResult(ActivityResult.Failed($"unknown provider type '{probe.ProviderType}'"));
        }

        if (compatibility == Compatibility.ChaosToolkit || probe.Provider["secrets"] is null)
        {
            probe.Provider["secrets"] = new JsonArray([.. values.Secrets.Select(scope => JsonValue.Create(scope.Key))]);
        }

        workers.Hide(values);
        return provider.RunAsync(new ActivityCall(probe, values) { Compatibility = compatibility }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        httpControls.Dispose();
        pythonControls.Dispose();
        dotNetControls.Dispose();
    }
}
