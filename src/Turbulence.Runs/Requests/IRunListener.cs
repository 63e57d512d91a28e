using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Loading;

namespace Turbulence.Runs.Requests;

/// <summary>
/// Hears what is said before a run begins; from then on its observers do. What it is told holds no secret that is known by then.
/// </summary>
public interface IRunListener
{
    /// <summary>A line for people.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="text">The line.</param>
    void Say(NoticeLevel level, string text);

    /// <summary>What is wrong with what was given.</summary>
    /// <param name="problems">The problems; at least one.</param>
    /// <param name="source">What the source of them is called.</param>
    /// <param name="text">The source's text with what was read of it; null where it is no file.</param>
    void Found(IReadOnlyCollection<Problem> problems, string source, SourceText? text);

    /// <summary>The experiment was loaded, and is not validated yet. Default: nothing.</summary>
    /// <param name="document">The experiment; it is not to be changed.</param>
    ValueTask LoadedAsync(JsonObject document) => ValueTask.CompletedTask;

    /// <summary>The same, for who may not need its document.</summary>
    internal ValueTask LoadedAsync(LoadedExperiment experiment) => LoadedAsync(experiment.Document);
}
