using System.Text.Json.Nodes;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>The definitions that a schema refers to: one for each place of the format, and for each kind of fault.</summary>
/// <param name="kinds">The kinds of faults.</param>
internal sealed class Definitions(FaultKinds kinds)
{
    private readonly Dictionary<KeyPlace, string> names = [];
    private readonly Dictionary<PlaceChoice, string> choices = [];
    private readonly Dictionary<string, string> shared = [];
    private readonly SortedDictionary<string, JsonObject> all = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public JsonObject All() => new(all.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value)));

    /// <summary>A reference to a place.</summary>
    public JsonObject To(KeyPlace place)
    {
        if (!names.TryGetValue(place, out var name))
        {
            // Places hold each other in a circle: the name is there first.
            names[place] = name = Free(DefinitionName.Of(place.Called));
            all[name] = [];
            all[name] = Describe(place);
        }

        return Reference(name);
    }

    /// <summary>A reference to what a map may be.</summary>
    public JsonObject To(PlaceChoice choice)
    {
        if (choice.Only is { } place)
        {
            return To(place);
        }

        if (!choices.TryGetValue(choice, out var name))
        {
            choices[choice] = name = Free(DefinitionName.OfChoice(choice));
            all[name] = [];
            all[name] = new ChoiceSchema(this).Of(choice, null);
        }

        return Reference(name);
    }

    /// <summary>A reference to what is no misspelling of a key.</summary>
    public JsonObject ToNoSlip(string key)
    {
        var name = $"no-slip-of-{DefinitionName.Of(key)}";
        all.TryAdd(name, new JsonObject
        {
            ["pattern"] = SlipPattern.NoneOf(key),
            ["patternErrorMessage"] = $"not known here; did you mean '{key}'?",
        });
        return Reference(name);
    }

    /// <summary>A reference to what is no key that means something elsewhere in the format.</summary>
    public JsonObject ToNoKeyOfOthers()
    {
        const string name = "no-key-of-others";
        all.TryAdd(name, new JsonObject
        {
            ["pattern"] = $"^(?!({string.Join('|', PlaceSchema.KeysOfHomes.Select(SlipPattern.Escaped))})$)",
            ["patternErrorMessage"] = "does nothing here: it is a key of another part of an experiment",
        });
        return Reference(name);
    }

    /// <summary>What a map is in a place.</summary>
    public JsonObject Describe(KeyPlace place)
    {
        if (place.Named is { } named)
        {
            return new ChoiceSchema(this).OfNamed(place, named);
        }

        var schema = new PlaceSchema(this).Of(place);
        if (ReferenceEquals(place, ProviderKeys.Fault))
        {
            new FaultSchema(this).AddTo(schema, kinds.All.Select(static kind => kind.Description));
        }
        else if (ReferenceEquals(place, ProviderKeys.Spans))
        {
            schema["properties"]!["arguments"] = new FaultSchema(this).Arguments(SpansProvider.Description);
        }
        else if (ReferenceEquals(place, ActivityKeys.Activity))
        {
            FaultSchema.WantAction((JsonObject)schema["else"]!);
        }

        return schema;
    }

    /// <summary>A reference to a definition that somebody gives; what is the same stands there once.</summary>
    public JsonObject Share(string name, JsonObject definition)
    {
        var text = definition.ToJsonString();
        if (!shared.TryGetValue(text, out var known))
        {
            shared[text] = known = Free(name);
            all[known] = definition;
        }

        return Reference(known);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private string Free(string name)
    {
        var free = name;
        for (var number = 2; all.ContainsKey(free); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }
}
