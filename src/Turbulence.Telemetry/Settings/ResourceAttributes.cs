namespace Turbulence.Telemetry.Settings;

/// <summary>What <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> say of the program (W3C Baggage's notation).</summary>
internal static class ResourceAttributes
{
    /// <summary>The attributes; of a name that comes twice the last counts.</summary>
    public static IEnumerable<KeyValuePair<string, object>> In(TelemetrySettings settings)
    {
        Dictionary<string, object> all = [];
        foreach (var pair in (settings.Text("OTEL_RESOURCE_ATTRIBUTES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, var value])
            {
                all[Uri.UnescapeDataString(key)] = Uri.UnescapeDataString(value);
            }
        }

        if (settings.Text("OTEL_SERVICE_NAME") is { } name)
        {
            all["service.name"] = name;
        }

        return all;
    }
}
