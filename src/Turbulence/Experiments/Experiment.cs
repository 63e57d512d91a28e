using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;

namespace Turbulence.Experiments;

/// <summary>
/// An experiment, read from its document. The document stays the truth (see <see cref="Activity"/>); a value of the wrong
/// type reads as absent.
/// </summary>
public sealed class Experiment
{
    private readonly Lazy<JsonObject> document;
    private readonly Lazy<DocumentMap> map;
    private readonly string? title;

    /// <summary>An experiment that is its document.</summary>
    /// <param name="document">The document's root.</param>
    /// <param name="map">Where each value stands in the text.</param>
    /// <param name="source">Where the document came from, as the user named it.</param>
    /// <param name="baseDirectory">The folder that relative paths of the <c>services</c> block start from: the experiment file's.</param>
    public Experiment(JsonObject document, DocumentMap map, string source, string baseDirectory)
    {
        this.document = new Lazy<JsonObject>(document);
        this.map = new Lazy<DocumentMap>(map);
        (Source, BaseDirectory) = (source, baseDirectory);
    }

    /// <summary>An experiment as it was at one moment. Its document is read when somebody asks for it, and knows no places.</summary>
    internal Experiment(JsonSnapshot snapshot, string title, string source, string baseDirectory)
    {
        document = new Lazy<JsonObject>(snapshot.Read);
        map = new Lazy<DocumentMap>(() => new DocumentMap { Root = Frame });
        this.title = title;
        (Snapshot, Source, BaseDirectory) = (snapshot, source, baseDirectory);
    }

    /// <summary>The document's root. Whoever asks for it makes all of it values in memory, which a run without controls does not.</summary>
    public JsonObject Document
    {
        get
        {
            Map.ReadAll();
            return Frame;
        }
    }

    /// <summary>Where each value stands in the text.</summary>
    public DocumentMap Map => map.Value;

    /// <summary>Where the document came from, as the user named it.</summary>
    public string Source { get; }

    /// <summary>The folder that relative paths of the <c>services</c> block start from.</summary>
    public string BaseDirectory { get; }

    /// <summary>What the document is read from; null where it is nothing but itself.</summary>
    internal JsonSnapshot? Snapshot { get; }

    /// <summary>The document's root, of which <see cref="DocumentMap.Unread"/> may be empty.</summary>
    internal JsonObject Frame => document.Value;

    /// <summary>The list of the document that is kept as its text; null where there is none.</summary>
    internal UnreadList? Unread => Map.Unread is { IsRead: false } unread && ReferenceEquals(unread.List.Parent, Frame) ? unread : null;

    /// <summary><c>title</c>; the empty text where it is absent.</summary>
    public string Title => title ?? TitleOf(Frame["title"]);

    /// <summary><c>steady-state-hypothesis</c>; null where it is absent or has no probes, which the format treats alike.</summary>
    public SteadyStateHypothesis? Hypothesis =>
        Frame["steady-state-hypothesis"] is JsonObject declaration
            && new SteadyStateHypothesis(declaration) is { Probes.Count: > 0 } hypothesis
            ? hypothesis
            : null;

    /// <summary><c>method</c>.</summary>
    public ActivityList Method => new(Map.Items(Frame["method"]));

    /// <summary><c>rollbacks</c>.</summary>
    public ActivityList Rollbacks => new(Frame["rollbacks"] as JsonArray);

    /// <summary><c>configuration</c>, as declared.</summary>
    public JsonObject Configuration => Frame["configuration"] as JsonObject ?? [];

    /// <summary><c>secrets</c>, as declared.</summary>
    public JsonObject Secrets => Frame["secrets"] as JsonObject ?? [];

    /// <summary><c>runtime</c>.</summary>
    public JsonObject Runtime => Frame["runtime"] as JsonObject ?? [];

    /// <summary>The <c>extensions</c> object with <paramref name="name"/>; null where there is none.</summary>
    public JsonObject? Extension(string name) => (Frame["extensions"] as JsonArray)?
        .OfType<JsonObject>()
        .FirstOrDefault(extension => extension["name"] is JsonValue value && value.TryGetValue<string>(out var text) && text == name);

    /// <summary>The title that a value of <c>title</c> is.</summary>
    internal static string TitleOf(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : "";

    /// <summary>
    /// The activity that a <c>ref</c> names: a probe of the hypothesis wins over an activity of the method, and a later one over an earlier
    /// one, as in the reference format. Null where there is none. Those of the method are values from then on: to search its text each time
    /// would take too long.
    /// </summary>
    public Activity? FindReferenced(string name) =>
        Hypothesis?.Probes.LastOrDefault(activity => activity.Reference is null && activity.Name == name)
        ?? new ActivityList(Document["method"] as JsonArray).LastOrDefault(activity => activity.Reference is null && activity.Name == name);
}
