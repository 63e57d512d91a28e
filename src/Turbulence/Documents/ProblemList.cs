using System.Collections;

namespace Turbulence.Documents;

/// <summary>The problems found in one document, in the order they were found.</summary>
/// <param name="map">Tells the place of a path in the text.</param>
public sealed class ProblemList(DocumentMap map) : IReadOnlyList<Problem>
{
    private readonly List<Problem> problems = [];

    /// <inheritdoc/>
    public int Count => problems.Count;

    /// <summary>Tells the place of a path in the text.</summary>
    internal DocumentMap Map => map;

    /// <summary>True when a problem stops a run.</summary>
    public bool HasErrors => problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    /// <inheritdoc/>
    public Problem this[int index] => problems[index];

    /// <summary>Adds a problem that stops a run.</summary>
    public void Error(DocumentPath path, string message) =>
        problems.Add(new Problem(path.ToString(), map.Find(path), message));

    /// <summary>Adds a problem that somebody should look at.</summary>
    public void Warning(DocumentPath path, string message) =>
        problems.Add(new Problem(path.ToString(), map.Find(path), message, ProblemSeverity.Warning));

    /// <summary>Adds what was found elsewhere in the same document.</summary>
    public void AddRange(IEnumerable<Problem> found) => problems.AddRange(found);

    /// <summary>Puts another problem in the place of each from number <paramref name="first"/> on, counted from 0.</summary>
    internal void Change(int first, Func<Problem, Problem> other)
    {
        for (var i = first; i < problems.Count; i++)
        {
            problems[i] = other(problems[i]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Problem> GetEnumerator() => problems.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
