using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

/// <summary><c>docs/experiment.schema.json</c>, and what it says of experiments.</summary>
internal static class ExperimentSchema
{
    private static readonly string Place = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "experiment.schema.json"));

    private static readonly Lazy<JsonSchema> Schema = new(static () => JsonSchema.FromText(File.ReadAllText(Place)));

    /// <summary>What the schema has against a document; null for nothing.</summary>
    public static string? Problem(JsonNode? experiment)
    {
        using var text = JsonDocument.Parse(experiment?.ToJsonString() ?? "null");
        var found = Schema.Value.Evaluate(text.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid ? null : string.Join("; ", (found.Details ?? [])
            .Where(static one => one.Errors is { Count: > 0 })
            .Select(static one => $"{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)} ({one.EvaluationPath})"));
    }
}
