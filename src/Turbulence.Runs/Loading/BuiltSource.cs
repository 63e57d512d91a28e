using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Loading;
using Turbulence.Runs.Building;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Loading;

/// <summary>
/// An experiment that was put together by code. It is read from its text like any other, so that what it means is said in one place.
/// </summary>
/// <param name="document">The experiment.</param>
/// <param name="delegates">Carries its code out.</param>
internal sealed class BuiltSource(JsonObject document, DelegateProvider delegates) : ExperimentSource
{
    /// <inheritdoc/>
    public override string Name => "experiment";

    /// <inheritdoc/>
    public override IEnumerable<IActivityProvider> Providers => [delegates];

    /// <inheritdoc/>
    public override string FolderIn(RunPlace place) => place.FullPath(".");

    /// <inheritdoc/>
    public override Task<LoadResult> LoadAsync(RunRequest request, RunPlace place, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(document.ToJsonString());
        var read = JsonDocumentReader.Read(text, late: "method");
        return Task.FromResult(new LoadResult(
            Name, read.HasErrors ? null : new LoadedExperiment((JsonObject)read.Map.Frame!, read.Map, FolderIn(place), Name), read.Problems)
        {
            Text = text,
        });
    }
}
