using Turbulence.Hosts.Workers;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Python;

/// <summary>
/// Finds the Python interpreter: the one that <c>TURBULENCE_PYTHON</c> names, then the configured one, then that of the active virtual
/// environment, then <c>python3</c> and <c>python</c> on <c>PATH</c>. One that is named and not there is a problem; nothing else is taken
/// in its place.
/// </summary>
/// <param name="configured">The interpreter that settings or the command line name: a file, or a name on <c>PATH</c>. Default:
/// none.</param>
/// <param name="environment">Reads an environment variable. Default: ours.</param>
public sealed class PythonRuntime(string? configured = null, Func<string, string?>? environment = null) : IWorkerRuntime
{
    /// <summary>The environment variable that names the interpreter.</summary>
    public const string Variable = "TURBULENCE_PYTHON";

    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <inheritdoc/>
    public string Name => "Python";

    /// <summary>
    /// Finds the interpreter without starting it: whether it is a Python that is new enough, the worker itself says when it starts.
    /// </summary>
    /// <param name="cancellationToken">Ends the search.</param>
    public ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Find());
    }

    private WorkerLaunchSearch Find()
    {
        if (_environment(Variable) is { Length: > 0 } named)
        {
            return Named(named, Variable);
        }

        if (configured is { Length: > 0 })
        {
            return Named(configured, "the settings");
        }

        if (_environment("VIRTUAL_ENV") is { Length: > 0 } active)
        {
            return InVirtualEnvironment(active) is { } inside
                ? Launch(inside)
                : WorkerLaunchSearch.Missing(
                    $"there is no Python that can be started in the virtual environment '{active}', which VIRTUAL_ENV names: make it anew, or deactivate it");
        }

        var path = _environment("PATH");
        var found = ExecutableSearch.Find("python3", path) ?? ExecutableSearch.Find("python", path);
        return found is null
            ? WorkerLaunchSearch.Missing(
                $"Python activities need Python 3.8 or newer, and there is no python3 on PATH: install it, or name one in {Variable}")
            : Launch(found);
    }

    private WorkerLaunchSearch Named(string interpreter, string where) =>
        ExecutableSearch.Find(interpreter, _environment("PATH")) is { } found
            ? Launch(found)
            : WorkerLaunchSearch.Missing($"there is no Python at '{interpreter}', which {where} name{(where == Variable ? "s" : "")}");

    private static string? InVirtualEnvironment(string directory) => ExecutableSearch.Find(OperatingSystem.IsWindows()
        ? Path.Combine(directory, "Scripts", "python.exe")
        : Path.Combine(directory, "bin", "python"));

    private static WorkerLaunchSearch Launch(string interpreter) =>
        WorkerLaunchSearch.Found(new WorkerLaunch(interpreter, PythonWorkerSource.Arguments) { Preamble = PythonWorkerSource.Preamble });
}
