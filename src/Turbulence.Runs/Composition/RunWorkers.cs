using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Hosts.DotNet;
using Turbulence.Hosts.Python;
using Turbulence.Hosts.Workers;
using Turbulence.Interruptions;
using Turbulence.Runs.Requests;
using Turbulence.Values;

namespace Turbulence.Runs.Composition;

/// <summary>
/// The workers of one run, one a language, which all its activities and controls share; none is started before it is needed.
/// </summary>
internal sealed class RunWorkers : IAsyncDisposable
{
    private const int UngracefulExit = 30;

    private readonly DotNetRuntime dotNetRuntime;
    private volatile SecretMask mask = SecretMask.None;

    /// <summary>Makes them.</summary>
    /// <param name="place">Where the run happens.</param>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="environment">What the workers start with, and what is told of what their code has set.</param>
    /// <param name="folder">The folder of the experiment as far as it is known, absolute.</param>
    /// <param name="say">Hears what a worker says outside of a run.</param>
    /// <param name="stop">Is asked where user code asks for the end of the run.</param>
    public RunWorkers(
        RunPlace place,
        Compatibility compatibility,
        RunEnvironment environment,
        string folder,
        Action<NoticeLevel, string> say,
        RunStop stop)
    {
        Environment = environment;
        dotNetRuntime = new DotNetRuntime(environment.Find);
        var told = new WorkerSettings(place.Version, folder)
        {
            Compatibility = compatibility,
            Time = place.Time,
            Say = (level, text) => say(level, mask.Apply(text)),
            Mask = () => mask,
            Environment = environment,
            Exit = code => stop.RequestOnce(new Interruption(
                InterruptionCause.ExitSignal, $"Received the exit signal: {code}", KeepFaults: code == UngracefulExit)),
        };
        Python = new WorkerHost(new PythonRuntime(environment: environment.Find), told);
        DotNet = new WorkerHost(dotNetRuntime, told);
    }

    /// <summary>What the code in the workers has set in the environment, for the programs that are started later.</summary>
    public RunEnvironment Environment { get; }

    /// <summary>Carries Python code out.</summary>
    public WorkerHost Python { get; }

    /// <summary>Carries .NET code out.</summary>
    public WorkerHost DotNet { get; }

    /// <summary>The values are known: what workers say from now on is told without secrets.</summary>
    public void Hide(ResolvedValues values) => mask = SecretMask.For(values);

    /// <summary>The experiment is loaded: that is its folder.</summary>
    public async ValueTask MoveAsync(string directory)
    {
        await Python.MoveAsync(directory);
        await DotNet.MoveAsync(directory);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Python.DisposeAsync().AsTask(), DotNet.DisposeAsync().AsTask());
        dotNetRuntime.Dispose();
    }
}
