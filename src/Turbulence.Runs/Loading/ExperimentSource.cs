using Turbulence.Activities;
using Turbulence.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Loading;

/// <summary>Where an experiment comes from.</summary>
internal abstract class ExperimentSource
{
    /// <summary>The experiment, as the user named it.</summary>
    public abstract string Name { get; }

    /// <summary>Who carries out what no file can name: the delegates of an experiment that was built by code. Default: nobody.</summary>
    public virtual IEnumerable<IActivityProvider> Providers => [];

    /// <summary>The folder that it is in, as far as that is known before it is loaded; absolute.</summary>
    /// <param name="place">Where the run happens.</param>
    public abstract string FolderIn(RunPlace place);

    /// <summary>Loads it. Whatever is wrong with it is a problem of the result.</summary>
    /// <param name="request">How it is fetched.</param>
    /// <param name="place">Where relative paths begin.</param>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Task<LoadResult> LoadAsync(RunRequest request, RunPlace place, CancellationToken cancellationToken);
}
