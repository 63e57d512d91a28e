using System.Text.Json.Nodes;
using Turbulence.Cli.Plans;
using Turbulence.Documents;
using Turbulence.Interruptions;
using Turbulence.Proxy.Toxics;
using Turbulence.Runs.Composition;
using Turbulence.Runs.Requests;
using Turbulence.Values;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>What experiments can be made of.</summary>
/// <param name="place">What it works with.</param>
internal sealed class DiscoverTool(McpPlace place) : ITool
{
    public string Name => "discover";

    public string Description =>
        "What experiments can be made of: kinds of faults with their arguments, toxics of proxies with their attributes, or providers.";

    public IReadOnlyList<ToolArgument> Arguments { get; } =
    [
        new("what", "faults, toxics or providers", IsRequired: true) { Choices = ["faults", "toxics", "providers"] },
        new("named", "only those whose names begin so, such as network. or process.kill", IsRequired: false),
    ];

    public bool IsReadOnly => true;

    public async Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        var named = arguments.GetValueOrDefault("named") ?? "";
        JsonNode[] found = arguments["what"] switch
        {
            "faults" =>
            [
                .. place.Around.Kinds.All.Select(static kind => kind.Description)
                    .Where(kind => kind.Name.StartsWith(named, StringComparison.Ordinal))
                    .Select(FaultKindJson.Of),
            ],
            "toxics" => [.. ToxicKinds.All.Where(kind => kind.Name.StartsWith(named, StringComparison.Ordinal)).Select(Json)],
            _ =>
            [
                .. (await ProvidersAsync())
                    .Where(type => type.StartsWith(named, StringComparison.Ordinal))
                    .Select(static type => JsonValue.Create(type)),
            ],
        };
        return new JsonObject { [arguments["what"]] = new JsonArray(found) };
    }

    private async Task<IReadOnlyList<string>> ProvidersAsync()
    {
        using var none = new RunStop();
        await using var workers = new RunWorkers(
            place.Runs, Compatibility.None, new RunEnvironment(), place.Policy.Folder, static (_, _) => { }, none);
        using var providers = new RunProviders(
            Compatibility.None, place.Policy.Folder, workers, new FaultRoom(place.Runs).Provider());
        return [.. providers.All.Types];
    }

    private static JsonObject Json(ToxicKind kind) => new()
    {
        ["name"] = kind.Name,
        ["summary"] = kind.Summary,
        ["attributes"] = new JsonArray([.. kind.Attributes.Select(static attribute => new JsonObject
        {
            ["name"] = attribute.Name,
            ["summary"] = attribute.Summary,
            ["expected"] = attribute.Expected,
            ["default"] = attribute.Default,
        })]),
    };
}
