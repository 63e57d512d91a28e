using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

/// <summary><c>docs/events.schema.json</c>, and what it says of events.</summary>
internal static class EventSchema
{
    private static readonly string Place = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "events.schema.json"));

    /// <summary>The schema as it stands in its file.</summary>
    public static JsonObject Document { get; } = JsonNode.Parse(File.ReadAllText(Place))!.AsObject();

    private static readonly Dictionary<string, JsonSchema> OfEvents = Document["oneOf"]!.AsArray()
        .Select(static reference => ((string)reference!["$ref"]!)["#/$defs/".Length..])
        .ToDictionary(static word => word, static word => Schema(word), StringComparer.Ordinal);

    /// <summary>Holds each event of a journal's timeline, or of a stream, against the schema.</summary>
    public static void Holds(IEnumerable<JsonNode?> events)
    {
        foreach (var happened in events)
        {
            var problem = Problem(happened);
            Assert.True(problem is null, $"{happened?.ToJsonString()}\nis not as docs/events.schema.json says: {problem}");
        }
    }

    /// <summary>What the schema has against an event; null for nothing.</summary>
    public static string? Problem(JsonNode? happened)
    {
        if (happened is not JsonObject { } fields || fields["event"]?.GetValue<string>() is not { } word
            || !OfEvents.TryGetValue(word, out var schema))
        {
            return "there is no such event";
        }

        using var text = JsonDocument.Parse(happened.ToJsonString());
        var found = schema.Evaluate(text.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid ? null : string.Join("; ", (found.Details ?? [])
            .Where(static one => one.Errors is { Count: > 0 })
            .Select(static one => $"{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)}"));
    }

    // The whole says of an event of which nothing is right that it is none of all; one by one it says what is wrong. What says so for the
    // whole is the table above.
    private static JsonSchema Schema(string word)
    {
        var one = Document.DeepClone().AsObject();
        one.Remove("oneOf");
        one["$id"] = $"urn:turbulence:events:{word}";
        one["$ref"] = $"#/$defs/{word}";
        return JsonSchema.FromText(one.ToJsonString());
    }
}
