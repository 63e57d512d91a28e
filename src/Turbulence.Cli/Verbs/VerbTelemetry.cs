using Turbulence.Cli.CommandLine;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Platform.Processes;
using Turbulence.Telemetry;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Cli.Verbs;

/// <summary>Sends the telemetry of a run where the environment asks for it; nothing of the SDK is loaded where it does not.</summary>
internal sealed class VerbTelemetry : IAsyncDisposable
{
    private readonly Outputs outputs;
    private readonly RunStop stop;
    private readonly TelemetryExport? export;

    private VerbTelemetry(Outputs outputs, RunStop stop, TelemetryExport? export)
    {
        this.outputs = outputs;
        this.stop = stop;
        this.export = export;
    }

    /// <summary>Who listens to the run.</summary>
    public IEnumerable<IRunObserver> Observers => export is null ? [] : [export.Observer];

    /// <summary>Makes ready what the environment asks for.</summary>
    /// <param name="around">Where the command stands.</param>
    /// <param name="outputs">Where it is said what cannot be done; not while a run speaks.</param>
    /// <param name="stop">Where others ask the verb to stop, and its waiting to end.</param>
    public static VerbTelemetry Begin(Surroundings around, Outputs outputs, RunStop stop)
    {
        var environment = around.Environment ?? ProcessEnvironment.OfProcess;
        var asked = TelemetrySettings.Read(environment);
        return new(outputs, stop, asked.IsOn || asked.Problems.Count > 0 ? Open(environment, around, outputs) : null);
    }

    /// <summary>Sends what is left, and says what was lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (export is null)
        {
            return;
        }

        using var cut = new CancellationTokenSource();
        void GiveUp(Interruption interruption, int number) => cut.Cancel();

        // One that came before has ended the run, and is not held against the collector.
        stop.Requested += GiveUp;
        var lost = await export.EndAsync(cut.Token);
        stop.Requested -= GiveUp;
        foreach (var line in lost)
        {
            outputs.Say(NoticeLevel.Warning, $"Telemetry was lost: {line}");
        }

        await export.DisposeAsync();
    }

    // A method of its own, so that the SDK is not loaded with the other.
    private static TelemetryExport? Open(IReadOnlyDictionary<string, string> environment, Surroundings around, Outputs outputs) =>
        TelemetryExport.Begin(environment, text => outputs.Say(NoticeLevel.Warning, text), around.Time, ProgramVersion.Text);
}
