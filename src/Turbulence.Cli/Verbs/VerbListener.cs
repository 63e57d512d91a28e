using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Says on the outputs of a verb what is said before a run begins, and tells the channels of the settings once the experiment is loaded.
/// </summary>
/// <param name="outputs">Where it is said.</param>
/// <param name="settings">Whose way it is.</param>
/// <param name="loaded">Told of the experiment; null for nobody.</param>
internal sealed class VerbListener(Outputs outputs, GlobalSettings settings, Func<LoadedExperiment, ValueTask>? loaded = null)
    : IRunListener
{
    /// <inheritdoc/>
    public void Say(NoticeLevel level, string text) => outputs.Say(level, text);

    /// <inheritdoc/>
    public void Found(IReadOnlyCollection<Problem> problems, string source, SourceText? text) =>
        outputs.Say(problems, source, settings.Compatibility, text is null ? null : new SourceExcerpt(text.Text, text.Mask));

    /// <inheritdoc/>
    ValueTask IRunListener.LoadedAsync(LoadedExperiment experiment) => loaded?.Invoke(experiment) ?? ValueTask.CompletedTask;
}
