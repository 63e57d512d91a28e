using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Problems;

/// <summary>Keeps what is wrong with an experiment for a form that is for programs; what else is said goes on.</summary>
/// <param name="log">Writes it into the log.</param>
/// <param name="next">Hears the rest.</param>
internal sealed class ProblemCollector(Action<IEnumerable<Problem>, string> log, IRunListener next) : IRunListener
{
    private readonly List<(Problem Problem, bool IsOwn)> problems = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<(Problem Problem, bool IsOwn)> Problems => problems;

    /// <inheritdoc/>
    public void Say(NoticeLevel level, string text) => next.Say(level, text);

    /// <inheritdoc/>
    public void Found(IReadOnlyCollection<Problem> found, string source, SourceText? text)
    {
        // What was found before there was a text is about the command line.
        problems.AddRange(found.Select(problem => (problem, text is not null)));
        log(found, source);
    }

    /// <inheritdoc/>
    ValueTask IRunListener.LoadedAsync(LoadedExperiment experiment) => next.LoadedAsync(experiment);
}
