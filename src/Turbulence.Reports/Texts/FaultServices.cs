using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Texts;

/// <summary>The services that the faults of a run were asked to hit, as its experiment says.</summary>
internal sealed class FaultServices
{
    // One of many activities is not searched for: the picture of such a run shows no single one either.
    private const int MostBytes = 4 << 20;

    private readonly Dictionary<string, string> services = [];

    /// <summary>Reads them.</summary>
    public static FaultServices Of(ReportedRun run)
    {
        var all = new FaultServices();
        if (run.Faults.Count > 0 && run.Experiment.Length is > 0 and <= MostBytes)
        {
            try
            {
                using var experiment = JsonDocument.Parse(run.Experiment, new JsonDocumentOptions { MaxDepth = 1000 });
                all.Read(experiment.RootElement, "method");
                all.Read(experiment.RootElement, "rollbacks");
            }
            catch (JsonException)
            {
                // What it is was not to be known from it.
            }
        }

        return all;
    }

    /// <summary>That of a fault; null where it hits something else, or the experiment does not say.</summary>
    public string? this[ReportedFault fault] => services.GetValueOrDefault(fault.Activity);

    private void Read(JsonElement experiment, string list)
    {
        if (Member(experiment, list) is not { ValueKind: JsonValueKind.Array } activities)
        {
            return;
        }

        foreach (var activity in activities.EnumerateArray())
        {
            if (Text(activity, "name") is { } name && Member(activity, "provider") is { } provider
                && Member(provider, "arguments") is { } arguments && Text(arguments, "service") is { } service)
            {
                services.TryAdd(name, service);
            }
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
