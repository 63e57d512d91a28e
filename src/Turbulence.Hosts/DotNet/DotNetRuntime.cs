using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.DotNet;

/// <summary>
/// Starts the .NET worker: its files, which this assembly carries, are unpacked into the user's cache and run with the <c>dotnet</c> that
/// <c>DOTNET_ROOT</c> or <c>DOTNET_HOST_PATH</c> names, or that is on <c>PATH</c>.
/// </summary>
/// <param name="environment">Reads an environment variable. Default: ours.</param>
public sealed class DotNetRuntime(Func<string, string?>? environment = null) : IWorkerRuntime, IDisposable
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;
    private readonly WorkerFolder _folder = new(environment ?? Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public string Name => ".NET";

    /// <summary>
    /// Finds <c>dotnet</c> without starting it, and puts the worker's files in their place: whether there is a .NET that is new enough, the
    /// worker's start says.
    /// </summary>
    /// <param name="cancellationToken">Ends the search.</param>
    public ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Find());
    }

    /// <summary>Removes the files where they could not be put into the user's cache. Does so after the last worker has ended.</summary>
    public void Dispose() => _folder.Dispose();

    private WorkerLaunchSearch Find()
    {
        if (DotNetCommand.Find(_environment) is not { } command)
        {
            return WorkerLaunchSearch.Missing(
                ".NET activities need the .NET runtime, version 10 or newer, and there is no dotnet on PATH: install it, or name its folder in DOTNET_ROOT");
        }

        if (!_folder.TryPrepare(out var directory, out var problem))
        {
            return WorkerLaunchSearch.Missing($"the .NET worker cannot be put in place: {problem}");
        }

        var environment = new Dictionary<string, string?>
        {
            // A hook that is meant for other programs would run, and could print, before the worker owns its streams.
            ["DOTNET_STARTUP_HOOKS"] = null,
        };
        if (_environment("DOTNET_EnableDiagnostics") is null)
        {
            // A worker that is killed would leave its diagnostic sockets behind.
            environment["DOTNET_EnableDiagnostics"] = "0";
        }

        return WorkerLaunchSearch.Found(new(command, ["exec", Path.Combine(directory, WorkerFiles.Program)]) { Environment = environment });
    }
}
