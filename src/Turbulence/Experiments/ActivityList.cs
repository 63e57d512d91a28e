using System.Collections;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Experiments;

/// <summary>
/// The activities of a method, a hypothesis or the rollbacks, read from the live array of the document: a control may
/// insert an activity while the list is being played, and the insertion is played too.
/// </summary>
public sealed class ActivityList : IReadOnlyList<Activity>
{
    private readonly ListItems declarations;

    /// <summary>The activities of an array.</summary>
    /// <param name="declarations">The array; null where the experiment has none.</param>
    public ActivityList(JsonArray? declarations)
        : this(new ListItems(declarations, null))
    {
    }

    internal ActivityList(ListItems declarations) => this.declarations = declarations;

    /// <inheritdoc/>
    public int Count => declarations.Count;

    /// <summary>The activity at <paramref name="index"/>; one without a name or a provider where the element is no object.</summary>
    public Activity this[int index] => new(declarations[index] as JsonObject ?? []);

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
