using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Activities.Processes;
using Turbulence.Controls;
using Turbulence.Controls.Http;
using Turbulence.Controls.Processes;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>Puts together who carries activities and controls out; a new kind of provider is one line here.</summary>
internal sealed class Providers : IDisposable
{
    private readonly HttpProvider http = new();
    private readonly HttpControlProvider httpControls = new();
    private readonly Compatibility compatibility;

    /// <summary>Makes the set; nothing is opened or started before an activity needs it.</summary>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="experimentDirectory">The experiment's folder.</param>
    /// <param name="more">Who belongs to a room of its own.</param>
    public Providers(Compatibility compatibility, string experimentDirectory, params IEnumerable<IActivityProvider> more)
    {
        this.compatibility = compatibility;
        All = new ActivityProviders([http, new ProcessProvider(compatibility == Compatibility.None ? experimentDirectory : null), .. more]);
        Controls = new ControlProviders(httpControls, new ProcessControlProvider(experimentDirectory));
    }

    /// <summary>Who carries activities out.</summary>
    public ActivityProviders All { get; }

    /// <summary>Who carries controls out.</summary>
    public ControlProviders Controls { get; }

    /// <summary>Carries out a probe of the configuration: before the run, and with no place in it.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="values">What is resolved so far.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    public ValueTask<ActivityResult> RunAsync(Activity probe, ResolvedValues values, CancellationToken cancellationToken) =>
        All.TryGet(probe.ProviderType, out var provider)
            ? provider.RunAsync(new ActivityCall(probe, values) { Compatibility = compatibility }, cancellationToken)
            : ValueTask.FromResult(ActivityResult.Failed($"unknown provider type '{probe.ProviderType}'"));

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        httpControls.Dispose();
    }
}
