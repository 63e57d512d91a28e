using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Validation;

/// <summary>Every place of an experiment that names code of somebody else: its activities and its controls, as they are declared.</summary>
/// <param name="document">The document's root.</param>
/// <param name="map">Knows the elements of its lists.</param>
internal sealed class DeclaredCode(JsonObject document, DocumentMap map)
{
    /// <summary>
    /// The activities of the hypothesis, the method and the rollbacks, and the probes inside of their tolerances, by the type of their
    /// provider; references are none.
    /// </summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<Activity>>> Activities()
    {
        var byType = new OrderedDictionary<string, DeclaredActivities>();
        foreach (var list in Lists())
        {
            for (var i = 0; i < list.Items.Count; i++)
            {
                var within = 0;
                foreach (var type in list.Types(i))
                {
                    if (!byType.TryGetValue(type, out var activities))
                    {
                        byType[type] = activities = new DeclaredActivities();
                    }

                    activities.Add(list, i, within++);
                }
            }
        }

        return byType.Select(static type => KeyValuePair.Create<string, IReadOnlyList<Activity>>(type.Key, type.Value));
    }

    /// <summary>The controls of the experiment, its hypothesis and its activities; references are none.</summary>
    public IEnumerable<ControlDeclaration> Controls() =>
        new[] { document["controls"], (document["steady-state-hypothesis"] as JsonObject)?["controls"] }
            .Concat(Lists()
                .Where(static list => list.Items.MayMention("controls"))
                .SelectMany(static list => list.Items.All())
                .OfType<JsonObject>()
                .Select(static activity => activity["controls"]))
            .SelectMany(static controls => (controls as JsonArray ?? []).OfType<JsonObject>())
            .Select(ControlDeclaration.Of)
            .Where(static control => control.Reference is null);

    private IEnumerable<DeclaredList> Lists()
    {
        var hypothesis = DocumentPath.Root["steady-state-hypothesis"];
        return
        [
            new(hypothesis["probes"], map.Items((document["steady-state-hypothesis"] as JsonObject)?["probes"])),
            new(DocumentPath.Root["method"], map.Items(document["method"])),
            new(DocumentPath.Root["rollbacks"], map.Items(document["rollbacks"])),
        ];
    }
}
