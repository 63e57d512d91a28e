using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Validation;

/// <summary>A list of activities.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Items">Its elements.</param>
internal sealed record DeclaredList(DocumentPath Path, ListItems Items)
{
    /// <summary>The activity that an element is, and the probes inside of its tolerances; references are none.</summary>
    public IEnumerable<Activity> Within(int element) => Within(Items[element], Path[element]);

    /// <summary>The types of the providers of these.</summary>
    public IEnumerable<string> Types(int element)
    {
        // Where each element is one activity at most, a look at its text is enough.
        if (Items.Unread is { } text && !text.Mentions("tolerance") && !text.Mentions("until") && !text.Mentions("ref"))
        {
            return text.Text(element, "provider", "type") is { } type ? [type] : [];
        }

        return Within(element).Select(static activity => activity.ProviderType);
    }

    private static IEnumerable<Activity> Within(JsonNode? node, DocumentPath path)
    {
        if (node is not JsonObject activity)
        {
            yield break;
        }

        if (activity["provider"] is JsonObject && activity["ref"] is null)
        {
            yield return new Activity(activity) { Place = path };
        }

        foreach (var nested in Within(activity["tolerance"], path["tolerance"]).Concat(Within(activity["until"], path["until"])))
        {
            yield return nested;
        }
    }
}
