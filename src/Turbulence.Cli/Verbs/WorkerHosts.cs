using Turbulence.Cli.CommandLine;
using Turbulence.Hosts.DotNet;
using Turbulence.Hosts.Python;
using Turbulence.Hosts.Workers;
using Turbulence.Running;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>The workers of one verb, one a language, which all its activities and controls share; none is started before it is needed.</summary>
internal sealed class WorkerHosts : IAsyncDisposable
{
    private const int UngracefulExit = 30;

    private readonly DotNetRuntime dotNetRuntime = new();
    private volatile SecretMask mask = SecretMask.None;

    /// <summary>Makes them.</summary>
    /// <param name="settings">Whose rules apply.</param>
    /// <param name="source">The experiment, as the user named it.</param>
    /// <param name="outputs">Hears what a worker says outside of a run.</param>
    /// <param name="stop">Is asked where user code asks for the end of the run.</param>
    /// <param name="time">Measures time limits.</param>
    public WorkerHosts(GlobalSettings settings, string source, Outputs outputs, RunStop stop, TimeProvider time)
    {
        var told = new WorkerSettings(ChaosCommand.Version, FolderOf(source))
        {
            Compatibility = settings.Compatibility,
            Time = time,
            Say = (level, text) => outputs.Say(level, mask.Apply(text)),
            Mask = () => mask,
            Environment = Environment,
            Exit = code => stop.RequestOnce(new Interruption(
                InterruptionCause.ExitSignal, $"Received the exit signal: {code}", KeepFaults: code == UngracefulExit)),
        };
        Python = new WorkerHost(new PythonRuntime(), told);
        DotNet = new WorkerHost(dotNetRuntime, told);
    }

    /// <summary>What the code in the workers has set in the environment, for the programs that are started later.</summary>
    public RunEnvironment Environment { get; } = new();

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

    // Controls that stand around the loading need a worker that is told the folder before anything is loaded.
    private static string FolderOf(string source)
    {
        try
        {
            return File.Exists(source) ? Path.GetDirectoryName(Path.GetFullPath(source))! : Directory.GetCurrentDirectory();
        }
        catch (Exception problem) when (problem is IOException or ArgumentException)
        {
            return Directory.GetCurrentDirectory();
        }
    }
}
