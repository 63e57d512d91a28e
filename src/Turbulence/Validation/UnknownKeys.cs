using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Keys;
using Turbulence.Values;

namespace Turbulence.Validation;

/// <summary>
/// Finds the keys that nobody reads, at every depth. One that is nearly a known key, or known in another place, was meant: what it asks
/// for would silently not happen, so it is an error. Any other may be a note of the writer and is a warning. Keys that begin with
/// <c>x-</c> are the writer's own.
/// </summary>
/// <param name="compatibility">The reference reads past them all: there a misspelt key is a warning, and a note is nothing.</param>
/// <param name="strict">Whether every unknown key is an error.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class UnknownKeys(Compatibility compatibility, bool strict, ProblemList problems)
{
    private const int LongestShown = 80;

    // These only describe, and people put them wherever they like.
    internal static IReadOnlyList<string> Describing { get; } =
        ["title", "description", "name", "type", "tags", "contributions", "version"];

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["args"] = "arguments",
        ["parameters"] = "arguments",
        ["params"] = "arguments",
        ["body"] = "arguments",
        ["function"] = "func",
        ["command"] = "path",
        ["cmd"] = "path",
        ["environment"] = "env",
        ["depends_on"] = "needs",
        ["requires"] = "needs",
        ["directory"] = "cwd",
        ["verify"] = "verify_tls",
        ["regex"] = "pattern",
        ["hypothesis"] = "steady-state-hypothesis",
        ["steady-state"] = "steady-state-hypothesis",
    };

    private readonly Stack<KeyPlace> around = new();
    private readonly ProblemList early = new(problems.Map);
    private JsonNode? earlyList;
    private readonly ProblemList all = problems;
    private ProblemList told = problems;

    /// <summary>Checks <paramref name="map"/> and everything below it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="place">What it is.</param>
    /// <param name="path">Where it stands.</param>
    public void Check(JsonObject map, KeyPlace place, DocumentPath path)
    {
        around.Push(place);
        if (ReferenceEquals(place, KnownPlaces.Experiment))
        {
            CheckExtensions(map["extensions"] as JsonArray ?? [], path["extensions"]);
        }

        foreach (var (key, value) in map)
        {
            if (!place.Knows(key))
            {
                Report(key, map, place, path[key]);
            }
            else if (place.Named is { } named)
            {
                CheckForm(value, place, named.Place, path[key]);
                Descend(value, map => Of(map, named), path[key]);
            }
            else if (place.Below(key, value) is { } below)
            {
                Descend(value, below.Of, path[key]);
            }
        }

        around.Pop();
    }

    /// <summary>
    /// Checks an element of a list of the experiment ahead of its turn, where it is at hand; what is wrong with it is told when its list's
    /// turn comes.
    /// </summary>
    /// <param name="element">The element.</param>
    /// <param name="list">The list.</param>
    /// <param name="key">The member of the experiment that the list is.</param>
    /// <param name="path">Where the element stands.</param>
    public void CheckEarly(JsonNode? element, JsonNode? list, string key, DocumentPath path)
    {
        (earlyList, told) = (list, early);
        around.Push(KnownPlaces.Experiment);
        if (element is JsonObject map && KnownPlaces.Experiment.Below(key, list)?.Of(map) is { } place)
        {
            Check(map, place, path);
        }

        around.Pop();
        told = all;
    }

    // Everything in an extension that is nobody's does nothing, which is right for another tool's.
    private void CheckExtensions(JsonArray extensions, DocumentPath path)
    {
        for (var i = 0; i < extensions.Count; i++)
        {
            if (extensions[i] is JsonObject extension && JsonTexts.TryRead(extension["name"], out var name)
                && name != ServiceKeys.Extension && NearestWord.Find(name, [ServiceKeys.Extension]) is { } meant)
            {
                Add(
                    isMistake: true,
                    path[i]["name"],
                    $"the extension '{SecretMask.None.Mask(name).Shorten(LongestShown)}' does nothing; did you mean '{meant}'?");
            }
        }
    }

    // A misspelt type makes of what was to be looked up a map like any other, and of a secret a text that everybody may read.
    private void CheckForm(JsonNode? value, KeyPlace place, PlaceChoice forms, DocumentPath path)
    {
        if (value is JsonObject { Count: > 1 } map && JsonTexts.TryRead(map["type"], out var type) && forms.Named(type) is null
            && NearestWord.Find(type, forms.Options.Select(static form => form.Word)) is { } meant
            && map.All(member => forms.Named(meant)!.Knows(member.Key)))
        {
            var shown = SecretMask.None.Mask(type).Shorten(LongestShown);
            Add(isMistake: true, path["type"], compatibility == Compatibility.ChaosToolkit
                ? $"the type '{shown}' is not known here; is '{meant}' meant?"
                : $"the type '{shown}' is not known in {place.Called}; did you mean '{meant}'?");
        }
    }

    /// <summary>What a map is whose name the writer has chosen.</summary>
    internal static KeyPlace? Of(JsonObject map, NamedValues named) =>
        named.Place.Only ?? FormOf(map, named.Place) ?? named.Otherwise?.Invoke();

    // A map without a type is a value of its own, unless a key of it is nearly "type" and says one.
    private static KeyPlace? FormOf(JsonObject value, PlaceChoice forms)
    {
        if (value.ContainsKey(forms.Key))
        {
            return forms.Of(value);
        }

        return value.Where(member => NearestWord.Find(member.Key, [forms.Key]) is not null)
            .Select(member => JsonTexts.TryRead(member.Value, out var type) ? forms.Named(type) : null)
            .FirstOrDefault(form => form is not null);
    }

    private void Descend(JsonNode? value, Func<JsonObject, KeyPlace?> choose, DocumentPath path)
    {
        if (value is not null && ReferenceEquals(value, earlyList))
        {
            told.AddRange(early);
        }
        else if (value is JsonObject map)
        {
            if (choose(map) is { } place)
            {
                Check(map, place, path);
            }
        }
        else if (value is JsonArray)
        {
            var list = all.Map.Items(value);
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is JsonObject item && choose(item) is { } place)
                {
                    Check(item, place, path[i]);
                }
            }
        }
    }

    private void Report(string key, JsonObject map, KeyPlace place, DocumentPath path)
    {
        if (key.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // A key is the writer's text and may be of any length; no secret has been read yet when this is told.
        var shown = SecretMask.None.Mask(key).Shorten(LongestShown);
        if (Meant(key, map, place) is { } meant)
        {
            Add(isMistake: true, path, compatibility == Compatibility.ChaosToolkit
                ? $"the key '{shown}' is not known here; is '{meant}' meant?"
                : $"the key '{shown}' is not known in {place.Called}; did you mean '{meant}'?");
        }
        else if (!Describing.Contains(key) && Near(key, map, place) is { } near)
        {
            Add(isMistake: true, path, $"the key '{shown}' does nothing in {place.Called}; did you mean to put it into {near.Called}?");
        }
        else if (!Describing.Contains(key) && KnownPlaces.Homes.FirstOrDefault(home => home.Knows(key)) is { } home)
        {
            Add(isMistake: true, path, $"the key '{shown}' does nothing in {place.Called}; it is a key of {home.Called}");
        }
        else
        {
            Add(
                place.IsStrict,
                path,
                $"the key '{shown}' is not known in {place.Called} and does nothing; known are {string.Join(", ", place.Names)} (a note's key begins with x-)");
        }
    }

    private static string? Meant(string key, JsonObject map, KeyPlace place)
    {
        if (NearestWord.Find(key, place.Names) is { } nearest)
        {
            return nearest;
        }

        return Synonyms.TryGetValue(key, out var meant) && place.Knows(meant) && !map.ContainsKey(meant) ? meant : null;
    }

    // Right below the map, or around it, somebody slipped with the indentation or a brace.
    private KeyPlace? Near(string key, JsonObject map, KeyPlace place) => place.Names
        .Select(name => map[name] is JsonObject child ? place.Below(name, child)?.Of(child) : null)
        .Concat(around)
        .FirstOrDefault(near => near is { Named: null } && near.Knows(key));

    private void Add(bool isMistake, DocumentPath path, string message)
    {
        if (strict || (isMistake && compatibility == Compatibility.None))
        {
            told.Error(path, message);
        }
        else if (isMistake || compatibility == Compatibility.None)
        {
            told.Warning(path, message);
        }
    }
}
