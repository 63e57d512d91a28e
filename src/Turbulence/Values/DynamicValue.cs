using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Platform.Processes;

namespace Turbulence.Values;

/// <summary>The configuration value in what a probe returned.</summary>
internal static class DynamicValue
{
    /// <summary>
    /// Of a process its standard output without the blanks around it, if its status is 0; of an HTTP response its body;
    /// of everything else the output itself.
    /// </summary>
    public static ConvertedValue From(string providerType, ActivityResult result, SecretMask mask)
    {
        if (result.End != ActivityEnd.Succeeded)
        {
            return new(null, result.Message ?? "no reason was given");
        }

        if (result.Output is JsonObject map && TryStatus(map, out var status))
        {
            switch (providerType)
            {
                case "process" when status == 0:
                    return new((map.Text("stdout") ?? "").Trim());
                case "process":
                    return new(
                        null, $"the process {ProcessExitStatus.FromReturnCode(status).AsVerb()}{LastLine(map.Text("stderr"), mask)}");
                case "http":
                    return new(map["body"]?.DeepClone(), Warning: status >= 400
                        ? $"it is the body of an HTTP response with status {status}"
                        : null);
            }
        }

        return new(result.Output?.DeepClone());
    }

    private static bool TryStatus(JsonObject map, out int status)
    {
        status = 0;
        return map["status"] is JsonValue value && int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out status);
    }

    private static string LastLine(string? error, SecretMask mask)
    {
        var line = (error ?? "").Trim().Split('\n')[^1].Trim();
        return line.Length == 0 ? "" : $": {mask.Mask(line).Shorten(200)}";
    }
}
