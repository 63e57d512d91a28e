using System.Collections;
using Turbulence.Experiments;

namespace Turbulence.Validation;

/// <summary>Activities of an experiment, wherever they are declared. Only their places are kept.</summary>
internal sealed class DeclaredActivities : IReadOnlyList<Activity>
{
    private readonly List<(DeclaredList List, int Element, int Within)> places = [];

    /// <inheritdoc/>
    public int Count => places.Count;

    /// <inheritdoc/>
    public Activity this[int index] => places[index].List.Within(places[index].Element).ElementAt(places[index].Within);

    /// <summary>Adds an activity.</summary>
    /// <param name="list">The list.</param>
    /// <param name="element">The element of it.</param>
    /// <param name="within">Which of those within the element, counted from 0.</param>
    public void Add(DeclaredList list, int element, int within) => places.Add((list, element, within));

    /// <inheritdoc/>
    public IEnumerator<Activity> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
