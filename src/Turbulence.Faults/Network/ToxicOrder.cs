using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Network;

/// <summary>The toxic that a fault is: what its proxies are asked for, and what is read back from them.</summary>
/// <param name="Name">Its name, which no other fault has.</param>
/// <param name="Type">Its type: <c>latency</c>.</param>
/// <param name="Stream">Its stream: <c>downstream</c>.</param>
/// <param name="Toxicity">The share of connections, or of requests, that it hits.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record ToxicOrder(string Name, string Type, string Stream, double Toxicity, JsonObject Attributes)
{
    /// <summary>After how long a proxy of ours removes it by itself.</summary>
    public TimeSpan Ttl { get; init; }

    private const string Prefix = "turbulence-";

    /// <summary>The id of the fault.</summary>
    public string Fault => Name.StartsWith(Prefix, StringComparison.Ordinal) ? Name[Prefix.Length..] : Name;

    /// <summary>The name of the toxic of a fault.</summary>
    /// <param name="fault">The fault's id.</param>
    public static string NameOf(string fault) => Prefix + fault;

    /// <summary>As a proxy of ours is asked for it, and as it stands in the undo.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["stream"] = Stream,
        ["toxicity"] = Toxicity,
        ["attributes"] = Attributes.DeepClone(),
        ["ttl"] = (long)Ttl.TotalMilliseconds,
    };

    /// <summary>
    /// As Toxiproxy is asked for it, which passes over what it does not know: attributes of ours that say what it does anyway, and a time
    /// to live.
    /// </summary>
    /// <param name="known">The attributes that it knows.</param>
    public ToxicOrder ForToxiproxy(IReadOnlyList<string> known) => this with
    {
        Attributes = new JsonObject(Attributes
            .Where(attribute => known.Contains(attribute.Key))
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone()))),
    };

    /// <summary>From an undo.</summary>
    /// <exception cref="UnreadableUndoException">It is none.</exception>
    public static ToxicOrder Of(JsonNode? json) => UndoJson.Read(() => new ToxicOrder(
        json!["name"]!.GetValue<string>(),
        json["type"]!.GetValue<string>(),
        json["stream"]!.GetValue<string>(),
        (double)json["toxicity"]!,
        json["attributes"]!.AsObject())
    {
        Ttl = TimeSpan.FromMilliseconds((long)json["ttl"]!),
    });

    /// <summary>What is other about the toxic that a proxy has; null for nothing.</summary>
    /// <param name="proxy">The proxy.</param>
    public string? DifferenceIn(JsonElement proxy)
    {
        if (Find(proxy) is not { } toxic)
        {
            return "has no such toxic any more";
        }

        var attributes = AnswerJson.Member(toxic, "attributes") ?? default;
        return AnswerJson.Text(toxic, "type") != Type ? "has another toxic of that name"
            : AnswerJson.Member(toxic, "toxicity") is not { } toxicity || !IsSame(JsonValue.Create(Toxicity), toxicity)
                ? "has it with another toxicity"
            : Attributes.FirstOrDefault(
                wanted => AnswerJson.Member(attributes, wanted.Key) is not { } found || !IsSame(wanted.Value, found)).Key is { } other
                ? $"has it with another {other}"
            : null;
    }

    /// <summary>Whether a proxy has a toxic of this name.</summary>
    /// <param name="proxy">The proxy.</param>
    public bool IsIn(JsonElement proxy) => Find(proxy) is not null;

    private JsonElement? Find(JsonElement proxy)
    {
        if (AnswerJson.Member(proxy, "toxics") is { ValueKind: JsonValueKind.Array } toxics)
        {
            foreach (var toxic in toxics.EnumerateArray())
            {
                if (AnswerJson.Text(toxic, "name") == Name)
                {
                    return toxic;
                }
            }
        }

        return null;
    }

    // Toxiproxy keeps toxicities as 32 bits.
    private static bool IsSame(JsonNode? wanted, JsonElement found) => wanted?.GetValueKind() switch
    {
        JsonValueKind.Number => found.ValueKind == JsonValueKind.Number
            && Math.Abs(double.Parse(wanted.ToJsonString(), CultureInfo.InvariantCulture) - found.GetDouble()) < 1e-6,
        JsonValueKind.String => found.ValueKind == JsonValueKind.String && found.GetString() == wanted.GetValue<string>(),
        var kind => found.ValueKind == kind,
    };
}
