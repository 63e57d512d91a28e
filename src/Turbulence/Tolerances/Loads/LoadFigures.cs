using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Tolerances.Loads;

/// <summary>The figures of a load, as an activity returns them and the journal has them of users.</summary>
/// <param name="all">The figures.</param>
internal sealed class LoadFigures(JsonObject all)
{
    /// <summary>How many requests ended that nobody cancelled.</summary>
    public long Requests => (long)((Number("intended") ?? 0) - (Number("outcomes", "cancelled") ?? 0));

    /// <summary>How many of them were lost.</summary>
    public long Lost => (long)(Number("lost") ?? 0);

    /// <summary>Why times that are too long may be the load's own; null where they are not.</summary>
    public string? Doubt => JsonTexts.TryRead(all["bottleneck"], out var text) ? text : null;

    /// <summary>What each fault cost.</summary>
    public IReadOnlyList<JsonObject> Faults => [.. (all["faults"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>A number, by the keys that lead to it; null where there is none.</summary>
    public double? Number(params ReadOnlySpan<string> keys) => Number(all, keys);

    /// <summary>A number below a value; null where there is none.</summary>
    public static double? Number(JsonNode? from, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            from = (from as JsonObject)?[key];
        }

        return JsonNumbers.TryReadDouble(from, out var number) ? number : null;
    }

    /// <summary>What a fault is called.</summary>
    public static string Name(JsonObject fault) => JsonTexts.TryRead(fault["id"], out var id) ? id : "?";

    /// <summary>That there were too few requests, in words.</summary>
    /// <param name="needed">How many it takes.</param>
    public string TooFew(long needed) => $"there were {Count(Requests)}, and it takes {Count(needed)}";

    /// <summary>So many requests: <c>1 request</c>, <c>2,347 requests</c>.</summary>
    public static string Count(long requests) =>
        string.Create(CultureInfo.InvariantCulture, $"{requests:N0} {(requests == 1 ? "request" : "requests")}");
}
