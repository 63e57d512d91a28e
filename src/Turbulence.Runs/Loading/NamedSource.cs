using Turbulence.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Loading;

/// <summary>An experiment in a file, or at a URL.</summary>
/// <param name="name">The path or the URL.</param>
internal sealed class NamedSource(string name) : ExperimentSource
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string FolderIn(RunPlace place)
    {
        // Controls that stand around the loading need a worker that is told the folder before anything is loaded.
        try
        {
            return place.FullPath(name) is var path && File.Exists(path) ? Path.GetDirectoryName(path)! : place.FullPath(".");
        }
        catch (Exception problem) when (problem is IOException or ArgumentException)
        {
            return place.FullPath(".");
        }
    }

    /// <inheritdoc/>
    public override Task<LoadResult> LoadAsync(RunRequest request, RunPlace place, CancellationToken cancellationToken) =>
        new ExperimentLoader(place.Time).LoadAsync(
            name,
            new LoadOptions
            {
                Compatibility = request.Compatibility,
                VerifyTls = request.VerifyTls,
                Auths = request.Settings.Auths,
                Environment = variable => place.Variables.TryGet(variable, out var value) ? value : null,
                Folder = place.Folder,
            },
            cancellationToken);
}
