using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Events;

/// <summary>
/// Makes what events tell of safe to hand out: without secrets, and apart from what the run goes on working with and its controls change.
/// </summary>
/// <param name="secrets">Finds the secrets.</param>
/// <param name="live">Held by whoever changes what the run works with, so that no half change is copied.</param>
internal sealed class EventMask(SecretMask secrets, Lock live)
{
    private (JsonObject Original, Activity Told)? last;

    /// <summary>Finds the secrets that are known by now.</summary>
    public SecretMask Secrets { get; private set; } = secrets;

    /// <summary>Whether there is no secret to take out.</summary>
    public bool IsEmpty => Secrets.IsEmpty;

    /// <summary>Works with other secrets from now on, and with declarations that may have changed.</summary>
    public void Renew(SecretMask renewed)
    {
        Secrets = renewed;
        last = null;
    }

    /// <summary>A text without secrets.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Of(string? text) => text is null ? null : Secrets.Apply(text);

    /// <summary>Texts without secrets.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> texts) => IsEmpty || texts.Count == 0 ? texts : [.. texts.Select(Secrets.Apply)];

    /// <summary>
    /// What came of an activity, without secrets; itself where it holds none, since nobody changes it and it may be large.
    /// </summary>
    public JsonNode? Of(JsonNode? output) => Secrets.Apply(output);

    /// <summary>A copy of an activity. Events come one at a time, and mostly in pairs of the same activity.</summary>
    public Activity Of(Activity activity)
    {
        if (last is { } known && ReferenceEquals(known.Original, activity.Declaration))
        {
            return known.Told;
        }

        lock (live)
        {
            var masked = (JsonObject)Secrets.Apply(activity.Declaration)!;
            var told = new Activity(ReferenceEquals(masked, activity.Declaration) ? (JsonObject)masked.DeepClone() : masked);
            last = (activity.Declaration, told);
            return told;
        }
    }

    /// <summary>
    /// A copy of the experiment; what stands in clear text under its secrets is taken out of it as well. It knows no places in the text.
    /// </summary>
    public Experiment Of(Experiment experiment)
    {
        lock (live)
        {
            // Somebody who was given the document may ask for all of it meanwhile, on a thread of his own: the list that is text is not
            // looked at.
            var unread = experiment.Unread;
            var (declared, inline) = RawExperimentMask.Members(experiment.Frame, unread?.List);
            var members = Members(declared.ToList()).ToList();
            var title = members.Find(static member => member.Key == "title").Value;
            var snapshot = unread is null
                ? new JsonSnapshot(members)
                : new JsonSnapshot(
                    members, new SnapshotList(experiment.Frame.IndexOf(unread.List.GetPropertyName()), unread, Mask(inline, Secrets)));
            return new Experiment(snapshot, Experiment.TitleOf(title), Of(experiment.Source), experiment.BaseDirectory);
        }
    }

    // The secrets of now: what becomes one later was none when it was told.
    private static Func<JsonNode?, JsonNode?>? Mask(SecretMask inline, SecretMask secrets) =>
        inline.IsEmpty && secrets.IsEmpty ? null : element => secrets.Apply(inline.Apply(element));

    // What stands under the secrets is masked already; a path or a variable's name in it is not the secret.
    private IEnumerable<KeyValuePair<string, JsonNode?>> Members(List<KeyValuePair<string, JsonNode?>> members)
    {
        var declared = members.FindIndex(static member => member.Key == "secrets");
        var secrets = declared < 0 ? null : members[declared].Value;
        return Secrets
            .ApplyToMembers(members)
            .Select((member, place) => place == declared ? KeyValuePair.Create("secrets", secrets) : member);
    }
}
