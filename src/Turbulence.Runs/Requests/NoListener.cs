using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Loading;

namespace Turbulence.Runs.Requests;

/// <summary>Nobody listens: what was found stands in <see cref="PreparedRun.Problems"/>.</summary>
internal sealed class NoListener : IRunListener
{
    /// <summary>The one there is.</summary>
    public static NoListener Instance { get; } = new();

    /// <inheritdoc/>
    public void Say(NoticeLevel level, string text)
    {
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyCollection<Problem> problems, string source, SourceText? text)
    {
    }

    /// <inheritdoc/>
    ValueTask IRunListener.LoadedAsync(LoadedExperiment experiment) => ValueTask.CompletedTask;
}
